package dev.kindred.benchmarks;

import dev.kindred.data.Dataset;
import dev.kindred.data.Feeds;
import dev.kindred.runtime.Precision;
import dev.kindred.train.TrainingStep;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.Cifar;
import dev.kindred.vision.data.Split;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What feeding costs: training on CIFAR-10 as it is done, beside the same step on one batch that
 * stays. Or, with {@code --rss}, what memory training takes over time, at one precision.
 */
@Command(name = "pipeline")
public final class PipelineRace implements Runnable {
  @Parameters(paramLabel = "CIFAR10_DIR")
  private Path folder = Path.of("");

  @Option(names = "--width")
  private int width = 16;

  @Option(names = "--batch")
  private int batch = 256;

  @Option(names = "--steps", paramLabel = "STEPS_A_ROUND")
  private int steps = 20;

  @Option(names = "--rounds")
  private int rounds = 5;

  @Option(names = "--precision", split = ",", paramLabel = "float32|bfloat16")
  private List<Precision> precisions = List.of(Precision.FLOAT32, Precision.BFLOAT16);

  @Option(names = "--rss", split = ",", paramLabel = "STEP")
  private Set<Long> memoryAt = Set.of();

  private final PrintStream out = System.out;

  private PipelineRace() {}

  /** Runs the race; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new PipelineRace(), arguments));
  }

  @Override
  public void run() {
    requireOneMemory();
    out.println(Machine.describe());
    ImageViews views = ImageViews.simClr(SimClrStep.SIZE).canvas(SimClrStep.SIZE);
    try (Dataset<Image> images = Cifar.cifar10(folder, Split.TRAIN)) {
      precisions.forEach(precision -> run(images, views, precision));
    }
  }

  private void run(Dataset<Image> images, ImageViews views, Precision precision) {
    out.printf(
        "SimCLR on %s, ResNet-18 width %d, batch %d, %s%n",
        images.description(), width, batch, precision.name().toLowerCase(Locale.ROOT));
    try (TrainingStep<Image, Operand<TFloat32>> step = SimClrStep.of(views, width, precision)) {
      WholePipeline<Image> pipeline =
          new WholePipeline<>(images, views, step, SimClrStep::point, batch, steps);
      if (memoryAt.isEmpty()) {
        race(pipeline, images, views, step);
      } else {
        watchMemory(pipeline);
      }
    }
  }

  private void race(
      WholePipeline<Image> pipeline,
      Dataset<Image> images,
      ImageViews views,
      TrainingStep<Image, ?> step) {
    List<Image> first = IntStream.range(0, batch).mapToObj(images::get).toList();
    try (Feeds feeds = views.pack(first)) {
      ConstantBatch constant = new ConstantBatch("constant", step, feeds, batch, steps);
      out.printf("%d steps a round%n", steps);
      new Race("images/s", List.of(pipeline, constant), rounds).run(out);
    }
  }

  /** A process that trained before would not show what training takes. */
  private void requireOneMemory() {
    if (!memoryAt.isEmpty() && precisions.size() > 1) {
      throw new IllegalArgumentException(
          "--rss watches one precision, but there are %d: choose one by --precision"
              .formatted(precisions.size()));
    }
  }

  private void watchMemory(WholePipeline<Image> pipeline) {
    TreeSet<Long> asked = new TreeSet<>(memoryAt);
    out.println("    step   resident MiB");
    pipeline.train(
        Math.toIntExact(Collections.max(asked)),
        done -> {
          if (asked.contains(done)) {
            out.printf("%8d  %13d%n", done, Machine.residentBytes() >> 20);
          }
        });
  }
}
