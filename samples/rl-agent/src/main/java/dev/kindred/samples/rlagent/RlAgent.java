package dev.kindred.samples.rlagent;

import dev.kindred.optim.AdamW;
import dev.kindred.optim.Schedule;
import dev.kindred.rl.EncodedEnvironment;
import dev.kindred.rl.ObservationEncoder;
import dev.kindred.rl.ObservationViews;
import dev.kindred.rl.PixelEncoder;
import dev.kindred.rl.StackShape;
import dev.kindred.rl.agent.Dqn;
import dev.kindred.rl.agent.EpisodeReport;
import dev.kindred.rl.agent.Exploration;
import dev.kindred.rl.agent.MlpEncoder;
import dev.kindred.rl.agent.Perception;
import dev.kindred.rl.agent.Trainer;
import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recorder;
import dev.kindred.rl.data.Recording;
import dev.kindred.rl.env.Backdrop;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.FrameStack;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.World;
import dev.kindred.rl.method.Atc;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.ConsoleProgress;
import dev.kindred.train.Pretraining;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Learns to see from random play and without rewards, by ATC, and then to act upon what it sees, by
 * deep Q-learning on representations that stay as they are:
 *
 * <pre>{@code
 * java ... dev.kindred.samples.rlagent.RlAgent record   cartpole play.safetensors 20000
 * java ... dev.kindred.samples.rlagent.RlAgent pretrain play.safetensors runs/cartpole 10
 * java ... dev.kindred.samples.rlagent.RlAgent learn    cartpole runs/cartpole/encoder 30000
 * }</pre>
 */
public final class RlAgent {
  private static final String USAGE =
      """
      usage: RlAgent record   WORLD FILE [frames]
             RlAgent pretrain FILE RUN [epochs]
             RlAgent learn    WORLD MODEL [steps]""";

  private static final List<World<Integer>> WORLDS = List.of(World.CARTPOLE, World.LUNAR_LANDER);

  private static final int SIDE = 48;
  private static final int STACK = 3;
  private static final int AHEAD = 2;
  private static final int BATCH = 128;
  private static final int TOGETHER = 16;
  private static final int HELD = 4;
  private static final long SEED = 0;

  private static final int FRAMES = 20_000;
  private static final int EPOCHS = 10;
  private static final int STEPS = 30_000;
  private static final int MOST = 100_000_000;
  private static final int TOLD = 20;
  private static final int JUDGED = 10;

  private RlAgent() {}

  /** Records, pretrains or learns. */
  public static void main(String[] args) {
    int code = run(System.out, System.err, args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** What {@link #main} does: 0 done, 1 failed, 2 wrongly used. */
  static int run(PrintStream out, PrintStream err, String... args) {
    try {
      if (isCommand("record", args)) {
        record(world(args[1]), Path.of(args[2]), number("frames", args, 2, FRAMES));
      } else if (isCommand("pretrain", args)) {
        pretrain(Path.of(args[1]), Path.of(args[2]), number("epochs", args, 1, EPOCHS), out);
      } else if (isCommand("learn", args)) {
        learn(world(args[1]), Path.of(args[2]), number("steps", args, 1, STEPS), out);
      } else {
        err.println(USAGE);
        return 2;
      }
      return 0;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    } catch (KindredException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static boolean isCommand(String name, String... args) {
    return args.length >= 3 && args.length <= 4 && args[0].equals(name);
  }

  private static int number(String name, String[] args, int least, int usual) {
    if (args.length < 4) {
      return usual;
    }
    if (args[3].matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(args[3]);
      if (number >= least && number <= MOST) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "%s must be a number in [%d, %d], was %s".formatted(name, least, MOST, args[3]));
  }

  /** The world of that name; others than these have actions that are no choices. */
  private static World<Integer> world(String name) {
    return WORLDS.stream()
        .filter(world -> world.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "world must be one of %s, was %s"
                        .formatted(
                            WORLDS.stream().map(World::name).collect(Collectors.joining(", ")),
                            name)));
  }

  private static Environment<Frame, Integer> pictures(World<Integer> world) {
    return world.pixels(SIDE, SIDE, Backdrop.plain());
  }

  /**
   * Records random play.
   *
   * @param frames how many pictures
   * @throws KindredException if the file cannot be written
   */
  static void record(World<Integer> world, Path file, int frames) {
    try (Environment<Frame, Integer> play = pictures(world)) {
      Policy<Frame, Integer> policy = Policy.random(play.actionSpace());
      // Pushes that are held get farther than pushes that cancel each other.
      Recorder.of(play, policy.held(HELD))
          .frames(frames)
          .seed(SEED)
          .about(Map.of("environment", world.name()))
          .record(file);
    }
  }

  /**
   * Trains an encoder on recorded play: an observation is to foretell the next but one.
   *
   * @param run a new folder; {@code run/encoder} is what {@link #learn} takes
   * @throws KindredException if the recording cannot be read, or the run not be written
   */
  static void pretrain(Path file, Path run, int epochs, PrintStream out) {
    try (Recording recording = Recording.open(file);
        ConsoleProgress progress = ConsoleProgress.lines(out)) {
      Pretraining.of(Atc.defaults())
          .data(Clips.of(recording, STACK, AHEAD))
          .views(ObservationViews.atc(StackShape.of(recording, STACK), AHEAD))
          .encoder(PixelEncoder.curl())
          .optimizer(AdamW.defaults())
          .schedule(Schedule.constant(1e-3f))
          .epochs(epochs)
          .batchSize(BATCH)
          .together(TOGETHER)
          .seed(SEED)
          .listener(progress)
          .out(run)
          .run();
    }
  }

  /**
   * Learns to act in {@code world} seen through an encoder, prints what episodes earn, and in the
   * end what the agent earns when it does not explore.
   *
   * @param model the encoder, trained on pictures of the same world
   * @throws KindredException if the encoder cannot be opened
   * @throws IllegalArgumentException if it takes other pictures
   */
  static void learn(World<Integer> world, Path model, int steps, PrintStream out) {
    try (ObservationEncoder encoder = ObservationEncoder.load(model);
        Environment<float[], Integer> env = seen(world, encoder);
        Environment<float[], Integer> judged = seen(world, encoder);
        Dqn<float[]> agent =
            Dqn.of(
                env,
                Perception.of(MlpEncoder.of(encoder.dimension(), 128)),
                settings(steps),
                SEED)) {
      new Trainer<>(agent, env, SEED).run(steps, means(out));
      double[] returns = Trainer.evaluate(agent, judged, JUDGED, SEED);
      line(
          out,
          "%d episodes without exploration: %.1f on average; solved at %.0f",
          JUDGED,
          Arrays.stream(returns).average().orElseThrow(),
          world.solvedAt());
    }
  }

  private static Environment<float[], Integer> seen(
      World<Integer> world, ObservationEncoder encoder) {
    return new EncodedEnvironment<>(new FrameStack<>(pictures(world), STACK), encoder);
  }

  /** The usual ones, for a training that may be short. */
  private static Dqn.Settings settings(int steps) {
    Dqn.Settings usual = Dqn.Settings.defaults();
    return usual
        .exploration(new Exploration(1, 0.02, Math.max(1, steps / 3)))
        .learning(usual.learning().warmup(Math.min(usual.learning().warmup(), steps / 10)));
  }

  /** Prints the mean of every so many episodes. */
  private static Consumer<EpisodeReport> means(PrintStream out) {
    List<Double> earned = new ArrayList<>();
    return report -> {
      earned.add(report.earned());
      if (earned.size() == TOLD) {
        double mean = earned.stream().mapToDouble(x -> x).average().orElseThrow();
        line(out, "step %d, episode %d: %.1f", report.step(), report.episode(), mean);
        earned.clear();
      }
    };
  }

  private static void line(PrintStream out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
