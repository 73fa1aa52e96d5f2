package dev.kindred.benchmarks.spark;

import dev.kindred.benchmarks.Machine;
import dev.kindred.benchmarks.Program;
import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import dev.kindred.spark.SparkEmbedding;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A source embedded on Spark's executors, each a JVM of its own on this machine, and in one
 * process: how long both take, and whether rows were lost and vectors are those that {@code kindred
 * embed} wrote. Spark reads and writes Parquet in a temporary folder; the first of its rounds opens
 * the encoder in each executor. Ends with 1 if a row or a number differs.
 */
@Command(name = "spark")
public final class SparkRace implements Runnable {
  private static final int CHUNK = 20_000;
  private static final StructType NUMBER = new StructType().add("row", DataTypes.LongType, false);

  @Option(names = "--model", required = true, paramLabel = "RUN/encoder")
  private Path model = Path.of("");

  @Option(names = "--data", required = true, paramLabel = "SOURCE")
  private String data = "";

  @Option(names = "--embeddings", paramLabel = "X.npy")
  private @Nullable Path embeddings;

  @Option(names = "--first", paramLabel = "EXAMPLES")
  private @Nullable Integer first;

  @Option(names = "--executors")
  private int executors = 2;

  @Option(names = "--cores", paramLabel = "CORES_AN_EXECUTOR")
  private int cores = 1;

  @Option(names = "--memory", paramLabel = "MIB_AN_EXECUTOR")
  private int memory = 2048;

  @Option(names = "--batch-size", paramLabel = "ROWS")
  private @Nullable Integer batchSize;

  @Option(names = "--shipped")
  private boolean shipped;

  @Option(names = "--rounds")
  private int rounds = 2;

  private final PrintStream out = System.out;

  private SparkRace() {}

  /** Runs the race; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new SparkRace(), arguments));
  }

  @Override
  public void run() {
    out.println(Machine.describe());
    Path folder = temporary();
    try (Source<?> source = Source.open(model, data, first).with(this::configured)) {
      float[][] alone = timed("one process", source.data().size(), source::alone);
      SparkSession spark = session(folder);
      try {
        embedOnSpark(spark, source, folder);
        compare(spark, source, folder, alone);
      } finally {
        spark.stop();
      }
    } finally {
      delete(folder);
    }
  }

  private SparkEmbedding configured(SparkEmbedding embedding) {
    SparkEmbedding sent = shipped ? embedding.shipped() : embedding;
    return batchSize == null ? sent : sent.batchSize(batchSize);
  }

  /** An executor computes on its own cores only, as it would on a machine of its own. */
  private SparkSession session(Path folder) {
    return SparkSession.builder()
        .master("local-cluster[%d,%d,%d]".formatted(executors, cores, memory))
        .appName("kindred")
        .config("spark.executor.memory", memory + "m")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executorEnv.TF_CPP_MIN_LOG_LEVEL", "2")
        .config("spark.executorEnv.TF_NUM_INTRAOP_THREADS", String.valueOf(cores))
        .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
        .config("spark.ui.enabled", false)
        .getOrCreate();
  }

  private void embedOnSpark(SparkSession spark, Source<?> source, Path folder) {
    writeRows(spark, source, folder);
    Dataset<Row> rows = spark.read().parquet(rows(folder));
    Dataset<Row> embedded = source.spark().embed(rows, "value", "vector").drop("value");
    String what =
        "%d executors of %d cores, %d partitions"
            .formatted(executors, cores, rows.javaRDD().getNumPartitions());
    for (int round = 1; round <= rounds; round++) {
      timed(
          what + ", round " + round,
          source.data().size(),
          () -> {
            SparkEmbedding.run(
                () -> embedded.write().mode(SaveMode.Overwrite).parquet(vectors(folder)));
            return folder;
          });
    }
  }

  private static void writeRows(SparkSession spark, Source<?> source, Path folder) {
    StructType schema = NUMBER.add("value", source.type());
    int size = source.data().size();
    for (int from = 0; from < size; from += CHUNK) {
      List<Row> rows =
          IntStream.range(from, Math.min(size, from + CHUNK))
              .mapToObj(row -> RowFactory.create((long) row, source.cell(row)))
              .toList();
      spark.createDataFrame(rows, schema).write().mode(SaveMode.Append).parquet(rows(folder));
    }
  }

  private void compare(SparkSession spark, Source<?> source, Path folder, float[][] alone) {
    float[][] expected = embeddings == null ? alone : EmbeddingFiles.read(embeddings).vectors();
    Agreement agreement =
        Agreement.of(
            spark.read().parquet(vectors(folder)).orderBy("row").toLocalIterator(),
            expected,
            source.data().size());
    Require.that(
        expected.length >= source.data().size(),
        "--embeddings",
        "of all %d examples".formatted(source.data().size()),
        expected.length);
    String with = embeddings == null ? "one process" : embeddings.toString();
    out.println(agreement + " from " + with);
    if (!agreement.holds()) {
      throw new KindredException("rows or vectors of Spark must be those of " + with);
    }
  }

  private <T> T timed(String name, int examples, Supplier<T> work) {
    long started = System.nanoTime();
    T result = work.get();
    double seconds = (System.nanoTime() - started) * 1e-9;
    out.printf(Locale.ROOT, "%s: %.1f s, %,.0f examples/s%n", name, seconds, examples / seconds);
    return result;
  }

  private static String rows(Path folder) {
    return folder.resolve("rows").toString();
  }

  private static String vectors(Path folder) {
    return folder.resolve("vectors").toString();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("kindred-spark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
