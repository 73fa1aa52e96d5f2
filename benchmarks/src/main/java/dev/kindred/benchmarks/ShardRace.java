package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.data.BatchPlan;
import dev.kindred.data.BatchSource;
import dev.kindred.data.Encoded;
import dev.kindred.data.ShardWriter;
import dev.kindred.runtime.WholeFile;
import dev.kindred.train.Pretraining;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.ImageFiles;
import dev.kindred.vision.data.ImageFolder;
import dev.kindred.vision.data.TarImages;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What reading pictures costs, from a folder and from tar shards of the same files, all of them in
 * the system's cache: decoded and packed as for a training, and their bytes alone.
 */
@Command(name = "shards")
public final class ShardRace implements Runnable {
  private static final int SIZE = 64;

  @Parameters(paramLabel = "IMAGES")
  private Path folder = Path.of("");

  @Option(names = "--batch")
  private int batch = 128;

  @Option(names = "--shard-examples", paramLabel = "COUNT")
  private int shardExamples = 1000;

  @Option(names = "--rounds")
  private int rounds = 5;

  @Option(names = "--epochs", paramLabel = "EPOCHS_WATCHED")
  private int epochs = 20;

  private final PrintStream out = System.out;

  private ShardRace() {}

  /** Runs the race; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new ShardRace(), arguments));
  }

  @Override
  public void run() {
    out.println(Machine.describe());
    Path place = temporary();
    try (ImageFolder files = ImageFolder.open(folder)) {
      Path shards = place.resolve("shards");
      ShardWriter.Written written =
          ShardWriter.shuffled(0).mostExamples(shardExamples).write(shards, files, files, () -> {});
      out.printf(
          Locale.ROOT,
          "%s: %d images in %d shards, %d bytes%n",
          files.description(),
          written.examples(),
          written.shards(),
          written.bytes());
      race(files, shards);
    } finally {
      WholeFile.delete(place);
    }
  }

  private void race(ImageFolder files, Path shards) {
    double[] seconds = new double[1];
    try (TarImages tar = opened(shards, seconds)) {
      out.printf(Locale.ROOT, "opened in %.3f s%n", seconds[0]);
      new Race(
              "images/s, decoded and packed",
              List.of(
                  new Measured("shards", () -> decoded(tar)),
                  new Measured("folder", () -> decoded(files))),
              rounds)
          .run(out);
      new Race(
              "files/s, undecoded",
              List.of(
                  new Measured("shards", () -> undecoded(tar, tar)),
                  new Measured("folder", () -> undecoded(files, files))),
              rounds)
          .run(out);
      watchMemory(tar);
    }
  }

  private static TarImages opened(Path shards, double[] seconds) {
    TarImages[] opened = new TarImages[1];
    seconds[0] = Contestant.seconds(() -> opened[0] = TarImages.open(shards.toString()));
    return opened[0];
  }

  /** The batches of a training, which go from the front of shards to their back. */
  private Iterator<int[]> batches(ImageFiles images) {
    BatchPlan plan = new BatchPlan(images.size(), batch, 0);
    int[] stretches = images.stretches();
    return stretches.length == 0
        ? plan.from(0)
        : plan.from(0, new BatchPlan.Stretches(stretches, Pretraining.DEFAULT_SHUFFLE_BUFFER));
  }

  private double decoded(ImageFiles images) {
    ImageViews views = ImageViews.simClr(SIZE).canvas(SIZE);
    int steps = images.size() / batch;
    try (BatchSource<?> source =
        new BatchSource<>(images.decodeTo(SIZE), views, batches(images), true)) {
      return steps * batch / Contestant.seconds(() -> take(source, steps));
    }
  }

  private static void take(BatchSource<?> source, int steps) {
    for (int step = 0; step < steps; step++) {
      try (Batch taken = source.next()) {
        if (taken.indices().length == 0) {
          throw new IllegalStateException("an empty batch");
        }
      }
    }
  }

  private double undecoded(ImageFiles images, Encoded contents) {
    Iterator<int[]> batches = batches(images);
    int steps = images.size() / batch;
    return steps
        * batch
        / Contestant.seconds(
            () ->
                IntStream.range(0, steps)
                    .forEach(
                        step ->
                            IntStream.of(batches.next()).parallel().forEach(contents::encoded)));
  }

  private void watchMemory(TarImages tar) {
    out.println("   epoch  resident MiB  heap MiB");
    for (int epoch = 1; epoch <= epochs; epoch++) {
      decoded(tar);
      if (epoch == 1 || epoch % 5 == 0) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        out.printf("%8d  %12d  %8d%n", epoch, Machine.residentBytes() >> 20, heap >> 20);
      }
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("kindred-shards");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
