package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.losses.NtXent;
import dev.kindred.method.Byol;
import dev.kindred.method.Method;
import dev.kindred.method.SimSiam;
import dev.kindred.runtime.Precision;
import dev.kindred.train.Recipe;
import dev.kindred.train.TrainingStep;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What memory a large batch takes: the most that was resident, which a process has once. So one
 * process measures one batch, or several that grow.
 */
@Command(
    name = "memory",
    subcommands = {Memory.OfLoss.class, Memory.OfStep.class, Memory.OfBranch.class})
public final class Memory implements Runnable {
  private static final int RUNS = 2;
  private static final PrintStream OUT = System.out;

  private Memory() {}

  /** Runs one of the measurements; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new Memory(), arguments));
  }

  @Override
  public void run() {
    throw new IllegalArgumentException("a measurement must be named: loss, step or branch");
  }

  /** NT-Xent forwards and backwards on projections of width 128. */
  @Command(name = "loss")
  static final class OfLoss implements Runnable {
    @Option(names = "--batch", split = ",", paramLabel = "EXAMPLES")
    private List<Integer> batches = List.of(512, 1024, 2048, 4096);

    @Option(names = "--blocks", paramLabel = "COUNT")
    private int blocks = 1;

    @Override
    public void run() {
      NtXent loss = NtXent.withTemperature(NtXent.DEFAULT_TEMPERATURE).inBlocks(blocks);
      heading();
      for (int batch : batches) {
        try (LossRun run = new LossRun(batch, LossRun.WIDTH, loss::of)) {
          line(batch, run::run);
        }
      }
    }
  }

  /** The SimCLR step on generated images. */
  @Command(name = "step")
  static final class OfStep implements Runnable {
    @Option(names = "--batch", split = ",", paramLabel = "EXAMPLES")
    private List<Integer> batches = List.of(256, 512, 1024);

    @Option(names = "--width")
    private int width = 16;

    @Option(names = "--chunk-size", paramLabel = "EXAMPLES")
    private int chunkSize = Recipe.WHOLE;

    @Override
    public void run() {
      measure(batches, views -> SimClrStep.of(views, width, Precision.FLOAT32, chunkSize));
    }
  }

  /**
   * BYOL's step on generated images, and that of two others with the same heads: what a second
   * branch takes, and what it would take if gradients reached it.
   */
  @Command(name = "branch")
  static final class OfBranch implements Runnable {
    @Option(names = "--second", paramLabel = "none|momentum|trained")
    private Second second = Second.MOMENTUM;

    @Option(names = "--batch", split = ",", paramLabel = "EXAMPLES")
    private List<Integer> batches = List.of(256);

    @Option(names = "--width")
    private int width = 16;

    @Override
    public void run() {
      Method method = second.method();
      OUT.println(method.settings());
      measure(
          batches,
          views ->
              SimClrStep.of(
                  method, SimClrStep.encoder(width), views, Precision.FLOAT32, Recipe.WHOLE));
    }
  }

  /** What the second branch is. */
  enum Second {
    /** There is none: SimSiam. */
    NONE,
    /** One that follows the first, behind a stopped gradient: BYOL. */
    MOMENTUM,
    /** One that is trained too. */
    TRAINED;

    Method method() {
      Byol byol = Byol.defaults();
      return switch (this) {
        case NONE -> new SimSiam(byol.projector(), byol.predictor());
        case MOMENTUM -> byol;
        case TRAINED -> new TwoTrainedBranches(byol.projector(), byol.predictor());
      };
    }
  }

  private static void measure(
      List<Integer> batches, Function<ImageViews, TrainingStep<Image, ?>> build) {
    ImageViews views = ImageViews.simClr(SimClrStep.SIZE).canvas(SimClrStep.SIZE);
    heading();
    for (int size : batches) {
      try (TrainingStep<Image, ?> step = build.apply(views);
          Batch batch = GeneratedBatch.of(views, size)) {
        line(size, () -> step.run(batch, SimClrStep.point(1)));
      }
    }
  }

  private static void heading() {
    OUT.println(Machine.describe());
    OUT.println("   batch   seconds  peak MiB  above the start");
  }

  private static void line(int batch, Runnable work) {
    long before = Machine.residentBytes();
    double seconds = 0;
    for (int i = 0; i < RUNS; i++) {
      seconds = Contestant.seconds(work);
    }
    long peak = Machine.peakResidentBytes();
    OUT.printf(
        Locale.ROOT, "%8d  %8.2f  %8d  %15d%n", batch, seconds, peak >> 20, peak - before >> 20);
  }
}
