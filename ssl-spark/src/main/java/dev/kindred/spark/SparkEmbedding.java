package dev.kindred.spark;

import dev.kindred.embedding.SavedEncoder;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Names;
import dev.kindred.runtime.Require;
import dev.kindred.text.TextViews;
import dev.kindred.vision.ImageViews;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A saved encoder that embeds a column of a DataFrame on Spark's executors. What comes out is the
 * same DataFrame with one more column, {@code array<float>}: schema, rows, partitions and the order
 * of rows within them stay as they were, and a null has a null for its vector. Vectors are those of
 * {@code kindred embed}, whatever rows share a batch or a partition.
 *
 * <p>An encoder is opened once in each executor's JVM, when the first row needs it, shared by all
 * its tasks, and closed when the JVM ends. A task holds one batch of rows at a time, however large
 * its partition.
 *
 * <p>Everything is lazy, as in all of Spark: what can be checked without a job (column, type, and
 * the model if the driver sees it) is checked by {@link #embed}; what only executors can know (a
 * model that they do not see, an image that cannot be read) fails the action, as the {@link
 * KindredException} itself in {@link #run} and {@link #call}, as the cause of Spark's exception
 * elsewhere.
 *
 * <pre>{@code
 * Dataset<Row> embedded =
 *     SparkEmbedding.texts("runs/text/encoder").shipped().embed(sentences, "value", "vector");
 * }</pre>
 *
 * <p>Immutable; needs TensorFlow's native library on the executors' class path.
 */
public final class SparkEmbedding {
  /** As many images as the embedder runs through the network at a time. */
  public static final int DEFAULT_IMAGES = 256;

  /** Eight of the embedder's own batches, so that texts of like length share one. */
  public static final int DEFAULT_TEXTS = 2048;

  private final String domain;
  private final Path model;
  private final boolean shipped;
  private final int batchSize;
  private final Unreadable unreadable;

  private SparkEmbedding(
      String domain, Path model, boolean shipped, int batchSize, Unreadable unreadable) {
    this.domain = domain;
    this.model = model;
    this.shipped = shipped;
    this.batchSize = batchSize;
    this.unreadable = unreadable;
  }

  /**
   * By an encoder of images. The column holds encoded images ({@code binary}: JPEG, PNG, BMP, GIF
   * or WebP), or the paths of such files as executors see them ({@code string}, with or without
   * {@code file:} before it).
   *
   * @param model the encoder's folder, such as {@code RUN/encoder}, on storage that all executors
   *     see under this path, unless it is {@link #shipped}
   */
  public static SparkEmbedding images(String model) {
    return of(ImageViews.DOMAIN, model, DEFAULT_IMAGES);
  }

  /**
   * By an encoder of texts, in a column of strings.
   *
   * @param model as for {@link #images}
   */
  public static SparkEmbedding texts(String model) {
    return of(TextViews.DOMAIN, model, DEFAULT_TEXTS);
  }

  private static SparkEmbedding of(String domain, String model, int batchSize) {
    Path folder = Path.of(LocalFile.plain(model)).toAbsolutePath().normalize();
    return new SparkEmbedding(domain, folder, false, batchSize, Unreadable.FAIL);
  }

  /**
   * The same with the model's folder on the driver, which sends it to every executor that needs it,
   * once for the life of an application.
   */
  public SparkEmbedding shipped() {
    return new SparkEmbedding(domain, model, true, batchSize, unreadable);
  }

  /**
   * The same with another number of rows that a task holds and embeds together; {@link
   * #DEFAULT_IMAGES} or {@link #DEFAULT_TEXTS} unless told. The embedder cuts what is larger than
   * its own batches; more texts at a time are better sorted by length, more rows take more memory.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public SparkEmbedding batchSize(int rows) {
    Require.atLeastOne("batchSize", rows);
    return new SparkEmbedding(domain, model, shipped, rows, unreadable);
  }

  /** The same with another way with images that cannot be read; {@link Unreadable#FAIL} if not. */
  public SparkEmbedding onUnreadable(Unreadable policy) {
    return new SparkEmbedding(domain, model, shipped, batchSize, policy);
  }

  /**
   * {@code rows} with the vectors of what {@code column} holds. Starts no job.
   *
   * @param into the new column, the last; {@code array<float>}, null where {@code column} is
   * @throws IllegalArgumentException if {@code rows} has no such column or several, or one of
   *     another type, or has {@code into} already
   * @throws KindredException if the driver sees the model's folder and it holds no encoder, or one
   *     of another domain; if the model is {@link #shipped} and the driver does not see it
   */
  public Dataset<Row> embed(Dataset<Row> rows, String column, String into) {
    StructType schema = rows.schema();
    int index = index(schema, column);
    Content content = Content.of(domain, schema.fields()[index]);
    requireNew(schema, into);
    requireEncoder();
    StructType extended =
        schema.add(into, DataTypes.createArrayType(DataTypes.FloatType, false), true);
    Dataset<Row> embedded =
        rows.mapPartitions(
            new EmbeddedPartitions(content, model(rows), index, batchSize, unreadable),
            Encoders.row(extended));
    return withMetadata(embedded, extended);
  }

  /**
   * Runs an action upon embedded rows, such as writing them, and throws what Kindred has to say
   * about its failure as it is, without Spark's exceptions around it.
   *
   * @throws KindredException if a model or an image could not be read, in one line
   */
  public static void run(Runnable action) {
    call(
        () -> {
          action.run();
          return true;
        });
  }

  /**
   * The same for an action with a result, such as counting or collecting.
   *
   * @throws KindredException if a model or an image could not be read, in one line
   */
  public static <T> T call(Supplier<T> action) {
    try {
      return action.get();
    } catch (Exception e) { // Spark's own are checked ones that nothing declares
      KindredException ours = cause(e);
      if (ours == null || ours == e) {
        throw e;
      }
      throw new KindredException(String.valueOf(ours.getMessage()), e);
    }
  }

  private Model model(Dataset<Row> rows) {
    return shipped
        ? SentModel.of(model, JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()))
        : new SharedModel(model.toString());
  }

  /** What is only on the executors is theirs to check. */
  private void requireEncoder() {
    if (shipped || Files.exists(model)) {
      SavedEncoder.manifest(model, domain);
    }
  }

  /** What is said of columns beside their types does not survive a mapping. */
  private static Dataset<Row> withMetadata(Dataset<Row> rows, StructType schema) {
    StructField[] fields = schema.fields();
    if (Arrays.stream(fields).allMatch(field -> field.metadata().equals(Metadata.empty()))) {
      return rows;
    }
    return rows.select(
        Arrays.stream(fields)
            .map(field -> rows.col(quoted(field.name())).as(field.name(), field.metadata()))
            .toArray(Column[]::new));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static @Nullable KindredException cause(Throwable failed) {
    return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
        .filter(KindredException.class::isInstance)
        .map(KindredException.class::cast)
        .findFirst()
        .orElse(null);
  }

  private static int index(StructType schema, String column) {
    List<String> names = Arrays.asList(schema.fieldNames());
    if (!names.contains(column)) {
      throw new IllegalArgumentException(Names.unknown("column", column, names));
    }
    Require.that(
        names.indexOf(column) == names.lastIndexOf(column),
        "column",
        "the name of one column",
        column + ", which " + names.stream().filter(column::equals).count() + " have");
    return names.indexOf(column);
  }

  /** Names that differ by case alone are one to Spark, unless it is told otherwise. */
  private static void requireNew(StructType schema, String into) {
    Require.that(
        Arrays.stream(schema.fieldNames()).noneMatch(into::equalsIgnoreCase),
        "into",
        "a column that is not there yet",
        into);
  }
}
