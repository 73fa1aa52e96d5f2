package dev.kindred.cli;

import dev.kindred.rl.data.Recorder;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.RepeatedActions;
import dev.kindred.rl.env.World;
import java.nio.file.Path;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How much is played at random to be recorded, and in which world. */
final class PlayOptions {
  /**
   * How often random play does what it has chosen, unless told: getting somewhere takes so long.
   */
  static final int REPEAT = 4;

  @Mixin WorldOptions world = new WorldOptions();

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "How many pictures are recorded (${DEFAULT-VALUE}).")
  int frames = 20_000;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description =
          "Steps of the world between two pictures, each with the same action, so that pictures differ"
              + " (${DEFAULT-VALUE}).")
  int repeat = REPEAT;

  @Option(
      names = "--hold",
      paramLabel = "N",
      description = "Pictures for which a random action is kept (${DEFAULT-VALUE}).")
  int hold = 1;

  /** Records random play, whole or not at all. */
  void record(long seed, Path file) {
    record(world.world(), seed, file);
  }

  private <A> void record(World<A> played, long seed, Path file) {
    try (Environment<Frame, A> environment = new RepeatedActions<>(world.pictures(played), repeat);
        ProgressBar bar = Terminal.progress("recording", frames)) {
      Map<String, Object> about = world.about();
      about.put("policy", "random");
      about.put("repeat", repeat);
      about.put("hold", hold);
      Policy<Frame, A> policy = Policy.random(environment.actionSpace());
      Recorder.of(environment, policy.held(hold))
          .frames(frames)
          .seed(seed)
          .about(about)
          .progress(recorded -> bar.step())
          .record(file);
    }
  }
}
