package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.data.Feeds;
import dev.kindred.losses.NtXent;
import dev.kindred.runtime.Precision;
import dev.kindred.train.Recipe;
import dev.kindred.train.TrainingStep;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.GeneratedShapes;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What memory a large batch takes: the most that was resident, which a process has once. So one
 * process measures one batch, or several that grow.
 */
@Command(
    name = "memory",
    subcommands = {Memory.OfLoss.class, Memory.OfStep.class})
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
    throw new IllegalArgumentException("a measurement must be named: loss or step");
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
      ImageViews views = ImageViews.simClr(SimClrStep.SIZE).canvas(SimClrStep.SIZE);
      heading();
      for (int batch : batches) {
        GeneratedShapes shapes = GeneratedShapes.of(batch, SimClrStep.SIZE, 0);
        List<Image> images = IntStream.range(0, batch).mapToObj(shapes::get).toList();
        try (TrainingStep<Image, ?> step =
                SimClrStep.of(views, width, Precision.FLOAT32, chunkSize);
            Feeds feeds = views.pack(images)) {
          line(batch, () -> step.run(Batch.of(feeds), SimClrStep.point(1)));
        }
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
