package dev.kindred.benchmarks;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.evaluation.Knn;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.Cifar;
import dev.kindred.vision.data.Split;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What using an encoder costs: embedding CIFAR-10's test images, and classifying by nearest
 * neighbours.
 */
@Command(name = "inference")
public final class InferenceRace implements Runnable {
  private static final int CLASSES = 10;

  @Parameters(paramLabel = "CIFAR10_DIR")
  private Path folder = Path.of("");

  @Option(names = "--width")
  private int width = 64;

  @Option(names = "--images", paramLabel = "COUNT")
  private int count = 10_000;

  @Option(names = "--bank", paramLabel = "COUNT")
  private int bank = 50_000;

  @Option(names = "--rounds")
  private int rounds = 5;

  private final PrintStream out = System.out;

  private InferenceRace() {}

  /** Runs both measurements; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new InferenceRace(), arguments));
  }

  @Override
  public void run() {
    out.println(Machine.describe());
    embed();
    classify();
  }

  private void embed() {
    ImageViews views = ImageViews.simClr(SimClrStep.SIZE).canvas(SimClrStep.SIZE);
    try (Dataset<Image> all = Cifar.cifar10(folder, Split.TEST);
        Dataset<Image> images = all.first(count);
        InferenceModel<Image> model =
            InferenceModel.untrained(views, SimClrStep.encoder(width), 0);
        Embedder<Image> embedder = model.embedder()) {
      out.printf("embed %s by ResNet-18 width %d%n", images.description(), width);
      Measured embedding =
          new Measured(
              "embed", () -> images.size() / Contestant.seconds(() -> embedder.embed(images)));
      new Race("images/s", List.of(embedding), rounds).run(out);
    }
  }

  private void classify() {
    int dimension = SimClrStep.encoder(width).dimension();
    Embeddings known = noise(bank, dimension, 1);
    Embeddings queries = noise(count, dimension, 2);
    Knn knn = Knn.defaults();
    out.printf("nearest %d of %d, %d queries of width %d%n", knn.k(), bank, count, dimension);
    Measured search =
        new Measured("knn", () -> Contestant.seconds(() -> knn.evaluate(known, queries)));
    new Race("seconds", List.of(search), rounds).run(out);
  }

  private static Embeddings noise(int rows, int dimension, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[rows][dimension];
    for (float[] row : vectors) {
      for (int i = 0; i < dimension; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return new Embeddings(
        IntStream.range(0, rows).mapToObj(String::valueOf).toList(),
        IntStream.range(0, rows).map(row -> row % CLASSES).toArray(),
        IntStream.range(0, CLASSES).mapToObj(name -> "class " + name).toList(),
        vectors,
        List.of());
  }
}
