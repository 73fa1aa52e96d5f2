package dev.kindred.benchmarks;

import dev.kindred.rl.EncodedEnvironment;
import dev.kindred.rl.ObservationEncoder;
import dev.kindred.rl.PixelEncoder;
import dev.kindred.rl.agent.Agent;
import dev.kindred.rl.agent.Auxiliary;
import dev.kindred.rl.agent.Dqn;
import dev.kindred.rl.agent.MlpEncoder;
import dev.kindred.rl.agent.Perception;
import dev.kindred.rl.agent.Trainer;
import dev.kindred.rl.augment.RandomShift;
import dev.kindred.rl.env.Backdrop;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.FrameStack;
import dev.kindred.rl.env.GreyFrames;
import dev.kindred.rl.env.World;
import dev.kindred.rl.method.Curl;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.WholeFile;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many steps of an environment an agent needs until it acts well, seed by seed: after every few
 * thousand steps it plays greedily, in episodes that are the same for all, and a seed is done when
 * their mean is what counts as solved.
 */
@Command(name = "agents")
public final class AgentTraining implements Runnable {
  private static final long EVALUATION_SEED = 1_000_003;

  /** How the agent sees the pole and the cart. */
  enum Variant {
    /** Position, angle and velocities, as they are. */
    STATES(475),
    /** Pictures, an encoder that the rewards train. */
    PIXELS(400),
    /** The same, what is learnt from moved by a few pixels: the control of the next. */
    AUGMENTATION(400),
    /** The same, with CURL's loss beside the rewards. */
    CURL(400),
    /** What a pretrained encoder makes of pictures; the encoder stays as it is. */
    FROZEN(400);

    private final double solved;

    Variant(double solved) {
      this.solved = solved;
    }
  }

  @Option(names = "--variant", paramLabel = "states|pixels|augmentation|curl|frozen")
  private Variant variant = Variant.STATES;

  @Option(names = "--size", paramLabel = "PIXELS")
  private int size = 48;

  @Option(names = "--stack", paramLabel = "PICTURES")
  private int stack = 3;

  @Option(names = "--model", paramLabel = "RUN/encoder")
  private @Nullable Path model;

  @Option(names = "--lr")
  private float rate = 5e-4f;

  @Option(names = "--update-every", paramLabel = "STEPS")
  private int updateEvery = 2;

  @Option(names = "--batch")
  private int batch = 32;

  @Option(names = "--batch-norm", paramLabel = "nothing|input|everywhere")
  private PixelEncoder.Normalize normalize = PixelEncoder.Normalize.INPUT;

  @Option(names = "--weight", paramLabel = "OF_CURL")
  private double weight = 1;

  @Option(names = "--seeds", split = ",", paramLabel = "SEED")
  private long[] seeds = {0, 1, 2, 3, 4};

  @Option(names = "--steps", paramLabel = "MOST_STEPS")
  private long steps = 100_000;

  @Option(names = "--every", paramLabel = "STEPS_BETWEEN_EVALUATIONS")
  private int every = 2_000;

  @Option(names = "--episodes", paramLabel = "EPISODES_OF_AN_EVALUATION")
  private int episodes = 20;

  @Option(names = "--to-the-end")
  private boolean toTheEnd;

  @Option(names = "--out", paramLabel = "FILE.jsonl")
  private @Nullable Path file;

  private final PrintStream out = System.out;
  private final List<Map<String, Object>> curve = new ArrayList<>();

  private AgentTraining() {}

  /** Runs the trainings; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new AgentTraining(), arguments));
  }

  /** How a seed went; {@code solved} is the first step whose evaluation was good enough. */
  private record Run(long seed, OptionalLong solved, double last, double seconds, long steps) {
    String describe() {
      return String.format(
          Locale.ROOT,
          "seed %d: %s, %.2f s for 1,000 steps",
          seed,
          solved.isPresent()
              ? "solved at " + solved.getAsLong()
              : "not solved, %.1f at %d".formatted(last, steps),
          1000 * seconds / steps);
    }
  }

  @Override
  public void run() {
    out.println(Machine.describe());
    List<Run> runs = Arrays.stream(seeds).mapToObj(this::train).toList();
    runs.forEach(run -> out.println(run.describe()));
    long solved = runs.stream().filter(run -> run.solved().isPresent()).count();
    out.printf(
        Locale.ROOT,
        "%s: %d of %d seeds solved within %d steps%n",
        variant.name().toLowerCase(Locale.ROOT),
        solved,
        runs.size(),
        steps);
  }

  private Run train(long seed) {
    return switch (variant) {
      case STATES -> train(seed, states());
      case PIXELS -> train(seed, pictures(seen()));
      case AUGMENTATION -> train(seed, pictures(seen().augmented(shift())));
      case CURL ->
          train(
              seed,
              pictures(seen().augmented(shift()).beside(new Auxiliary(Curl.defaults(), weight))));
      case FROZEN -> frozen(seed);
    };
  }

  /**
   * What is played, and who plays it.
   *
   * @param worlds makes the environment anew
   * @param perception how the agent sees it
   * @param settings how it learns
   */
  private record Setup<O>(
      Supplier<Environment<O, Integer>> worlds, Perception perception, Dqn.Settings settings) {}

  /** The true state, seen by dense layers. */
  private Setup<float[]> states() {
    return new Setup<>(
        World.CARTPOLE::state, Perception.of(MlpEncoder.of(4, 128)), Dqn.Settings.defaults());
  }

  /** As far as DrQ's 4 of 84 pixels. */
  private RandomShift shift() {
    return new RandomShift(Math.max(1, RandomShift.DEFAULT_PAD * size / 84));
  }

  private Perception seen() {
    return Perception.of(PixelEncoder.nature().withDimension(128).normalizing(normalize))
        .stack(stack);
  }

  /** CartPole in grey pictures of that side. */
  static Environment<Frame, Integer> grey(int size) {
    return new GreyFrames<>(World.CARTPOLE.pixels(size, size, Backdrop.plain()));
  }

  private Setup<Frame> pictures(Perception perception) {
    return new Setup<>(() -> grey(size), perception, settings().hidden(128));
  }

  private Dqn.Settings settings() {
    Dqn.Settings usual = Dqn.Settings.defaults();
    return usual.learning(usual.learning().learningRate(rate).every(updateEvery).batchSize(batch));
  }

  private Run frozen(long seed) {
    if (model == null) {
      throw new IllegalArgumentException("--model must be given for frozen: RUN/encoder");
    }
    try (ObservationEncoder encoder = ObservationEncoder.load(model)) {
      return train(
          seed,
          new Setup<>(
              () -> new EncodedEnvironment<>(new FrameStack<>(grey(size), stack), encoder),
              Perception.of(MlpEncoder.of(encoder.dimension(), 128)),
              settings()));
    }
  }

  private <O> Run train(long seed, Setup<O> setup) {
    try (Environment<O, Integer> environment = setup.worlds().get();
        Environment<O, Integer> other = setup.worlds().get();
        Agent<O, Integer> agent = Dqn.of(environment, setup.perception(), setup.settings(), seed)) {
      return train(seed, agent, environment, other);
    }
  }

  private <O, A> Run train(
      long seed, Agent<O, A> agent, Environment<O, A> environment, Environment<O, A> other) {
    Trainer<O, A> trainer = new Trainer<>(agent, environment, seed);
    OptionalLong solved = OptionalLong.empty();
    double mean = 0;
    double seconds = 0;
    while (trainer.steps() < steps && (toTheEnd || solved.isEmpty())) {
      long start = System.nanoTime();
      trainer.run(Math.min(every, steps - trainer.steps()), report -> {});
      seconds += (System.nanoTime() - start) / 1e9;
      double[] returns = Trainer.evaluate(agent, other, episodes, EVALUATION_SEED);
      mean = Arrays.stream(returns).average().orElseThrow();
      tell(seed, trainer.steps(), mean, returns, seconds);
      if (solved.isEmpty() && mean >= variant.solved) {
        solved = OptionalLong.of(trainer.steps());
      }
    }
    return new Run(seed, solved, mean, seconds, trainer.steps());
  }

  private void tell(long seed, long step, double mean, double[] returns, double seconds) {
    out.printf(
        Locale.ROOT,
        "seed %d step %6d: mean return %7.2f, least %7.2f, %6.1f s of training%n",
        seed,
        step,
        mean,
        Arrays.stream(returns).min().orElseThrow(),
        seconds);
    if (file != null) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("env", "cartpole");
      line.put("variant", variant.name().toLowerCase(Locale.ROOT));
      line.put("seed", seed);
      line.put("step", step);
      line.put("returns", returns);
      line.put("mean", mean);
      line.put("training_seconds", seconds);
      curve.add(line);
      write(file);
    }
  }

  /** The whole file anew each time: it is short, and never half there. */
  private void write(Path to) {
    String lines = curve.stream().map(Json::line).collect(Collectors.joining("\n", "", "\n"));
    WholeFile.write(to, stream -> stream.write(lines.getBytes(StandardCharsets.UTF_8)));
  }
}
