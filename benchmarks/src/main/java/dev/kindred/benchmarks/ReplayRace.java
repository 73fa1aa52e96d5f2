package dev.kindred.benchmarks;

import dev.kindred.rl.PixelEncoder;
import dev.kindred.rl.agent.Dqn;
import dev.kindred.rl.agent.Perception;
import dev.kindred.rl.augment.RandomShift;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.Step;
import dev.kindred.rl.replay.ReplayBuffer;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What remembering pictures takes: the heap of a full memory, and of an agent's update the shares
 * of sampling from it and of making views of what was sampled.
 */
@Command(name = "replay")
public final class ReplayRace implements Runnable {
  private static final int STACK = 3;

  @Option(names = "--frames")
  private int frames = 100_000;

  @Option(names = "--size", paramLabel = "PIXELS")
  private int size = 84;

  @Option(names = "--batch")
  private int batch = 64;

  @Option(names = "--updates", paramLabel = "UPDATES_A_ROUND")
  private int updates = 10;

  @Option(names = "--rounds")
  private int rounds = 5;

  @Option(names = "--encoder", paramLabel = "curl|nature")
  private Network encoder = Network.CURL;

  private final PrintStream out = System.out;

  /** The network whose update it is. */
  enum Network {
    CURL,
    NATURE
  }

  private ReplayRace() {}

  /** Runs the race; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new ReplayRace(), arguments));
  }

  @Override
  public void run() {
    out.println(Machine.describe());
    memory();
    times();
  }

  private void memory() {
    long before = heap();
    try (Environment<Frame, Integer> environment = AgentTraining.grey(size)) {
      ReplayBuffer<Frame, Integer> buffer =
          new ReplayBuffer<>(
              environment.observationSpace(), environment.actionSpace(), frames, STACK);
      SplittableRandom random = new SplittableRandom(0);
      while (buffer.size() < frames) {
        buffer.begin(environment.reset(random.nextLong()).observation());
        boolean over = false;
        while (!over && buffer.size() < frames) {
          Step<Frame> step = environment.step(random.nextInt(2));
          buffer.add(0, step);
          over = step.over();
        }
      }
      out.printf(
          Locale.ROOT,
          "%d transitions of %d x %d grey: %.0f MB of heap%n",
          buffer.size(),
          size,
          size,
          (heap() - before) / 1e6);
      buffer.sample(1, 1, 1, random).close();
    }
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void times() {
    PixelEncoder network = encoder == Network.CURL ? PixelEncoder.curl() : PixelEncoder.nature();
    Perception plain = Perception.of(network).stack(STACK);
    try (Environment<Frame, Integer> environment = AgentTraining.grey(size);
        Dqn<Frame> bare = agent(environment, plain);
        Dqn<Frame> seen = agent(environment, plain.augmented(RandomShift.standard()))) {
      double[] without = new double[rounds];
      double[] with = new double[rounds];
      double[] sampling = new double[rounds];
      for (int round = -1; round < rounds; round++) {
        int kept = Math.max(0, round); // the first is to warm up
        without[kept] = update(bare, environment, round);
        with[kept] = update(seen, environment, round);
        sampling[kept] = sample(seen.buffer());
      }
      double whole = Race.median(with);
      double views = whole - Race.median(without);
      out.printf(
          Locale.ROOT,
          "update of %d with %s: %.1f ms; sampling %.2f ms (%.1f %%), views %.2f ms (%.1f %%)%n",
          batch,
          encoder.name().toLowerCase(Locale.ROOT),
          whole,
          Race.median(sampling),
          100 * Race.median(sampling) / whole,
          views,
          100 * views / whole);
    }
  }

  private Dqn<Frame> agent(Environment<Frame, Integer> environment, Perception perception) {
    Dqn.Settings usual = Dqn.Settings.defaults();
    return Dqn.of(
        environment,
        perception,
        usual.learning(usual.learning().batchSize(batch).capacity(2000).warmup(batch).every(1)),
        0);
  }

  /** Milliseconds of a step with its update, without acting. */
  private double update(Dqn<Frame> agent, Environment<Frame, Integer> environment, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    agent.begin(environment.reset(random.nextLong()).observation());
    long updated = agent.updates();
    long nanos = 0;
    while (agent.updates() < updated + updates) {
      int action = random.nextInt(2);
      Step<Frame> step = environment.step(action);
      long start = System.nanoTime();
      agent.observe(action, step);
      if (agent.updates() > updated) {
        nanos += System.nanoTime() - start;
      }
      if (step.over()) {
        agent.begin(environment.reset(random.nextLong()).observation());
      }
    }
    return nanos / 1e6 / updates;
  }

  private double sample(ReplayBuffer<Frame, Integer> buffer) {
    SplittableRandom random = new SplittableRandom(1);
    long start = System.nanoTime();
    for (int i = 0; i < updates; i++) {
      buffer.sample(batch, 3, 0.99, random).close();
    }
    return (System.nanoTime() - start) / 1e6 / updates;
  }
}
