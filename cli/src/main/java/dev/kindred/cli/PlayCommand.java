package dev.kindred.cli;

import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.LunarLanderPilot;
import dev.kindred.rl.env.PixelEnvironment;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.World;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.WholeFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Films an episode. */
@Command(
    name = "play",
    description = {
      "Play one episode of a world, and write it as an animated GIF, or as a PNG with some of its",
      "pictures side by side; the first episode that kindred record has for the same seed."
    },
    sortOptions = false)
final class PlayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private WorldOptions world;

  @Option(
      names = "--policy",
      paramLabel = "random|pilot",
      description =
          "Who plays: chance, or, for the landers, rules that land them (${DEFAULT-VALUE}).")
  private Player policy = Player.RANDOM;

  @Option(
      names = "--hold",
      paramLabel = "N",
      description = "Steps for which a random action is repeated (4).")
  private @Nullable Integer hold;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Stop after so many steps; at the episode's end unless given.")
  private @Nullable Integer steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What world and actions start from (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE.gif|FILE.png",
      required = true,
      description = "The file to write. Required.")
  private Path out;

  /** Who plays. */
  enum Player {
    RANDOM,
    PILOT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    if (steps != null) {
      Require.atLeastOne("--steps", steps);
    }
    Film film = Film.of(out);
    Episode episode = played(world.world(), film);
    WholeFile.write(out, stream -> stream.write(film.bytes()));
    spec.commandLine().getOut().println("%s: %s".formatted(episode, out));
    return 0;
  }

  private Episode played(World<?> played, Film film) {
    if (policy == Player.RANDOM) {
      return random(played, film);
    }
    if (hold != null) {
      throw new IllegalArgumentException("--hold is for --policy random; leave it out");
    }
    if (played == World.LUNAR_LANDER) {
      return play(
          World.LUNAR_LANDER,
          pixels -> (seen, random) -> LunarLanderPilot.choose(pixels.state()),
          film);
    }
    if (played == World.LUNAR_LANDER_CONTINUOUS) {
      return play(
          World.LUNAR_LANDER_CONTINUOUS,
          pixels -> (seen, random) -> LunarLanderPilot.steer(pixels.state()),
          film);
    }
    throw new IllegalArgumentException(
        "--policy pilot flies lunar-lander and lunar-lander-continuous, not %s; leave it out"
            .formatted(played));
  }

  private <A> Episode random(World<A> played, Film film) {
    int held = hold == null ? PlayOptions.REPEAT : hold;
    return play(played, pixels -> Policy.<Frame, A>random(pixels.actionSpace()).held(held), film);
  }

  private <A> Episode play(
      World<A> played, Function<PixelEnvironment<A>, Policy<Frame, A>> player, Film film) {
    PixelEnvironment<A> pixels = world.pixels(played);
    try (Environment<Frame, A> environment = world.seen(played, pixels)) {
      int most = steps == null ? Integer.MAX_VALUE : steps;
      return Episode.play(
          environment, player.apply(pixels), seed, most, frame -> film.add(Film.picture(frame)));
    }
  }
}
