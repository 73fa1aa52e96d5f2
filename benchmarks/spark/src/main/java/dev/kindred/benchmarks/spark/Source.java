package dev.kindred.benchmarks.spark;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.spark.SparkEmbedding;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.Columns;
import dev.kindred.text.data.TextSources;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageEmbedder;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.ImageSources;
import dev.kindred.vision.data.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * What is embedded, for both contestants.
 *
 * @param data as the command line opens it
 * @param embedder of one process
 * @param spark the same encoder on Spark
 * @param type of the column on Spark
 * @param value what of an example is in the column
 */
record Source<E>(
    Dataset<E> data,
    Embedder<E> embedder,
    SparkEmbedding spark,
    DataType type,
    Function<E, Object> value)
    implements AutoCloseable {

  /**
   * Opens a source as {@code kindred embed} does.
   *
   * @param first how many examples to take; null for all
   */
  static Source<?> open(Path model, String source, @Nullable Integer first) {
    return SavedEncoder.manifest(model).domain().equals(ImageViews.DOMAIN)
        ? images(model, ImageSources.open(source, Split.TRAIN), first)
        : texts(model, TextSources.open(source, Columns.none()), first);
  }

  private static Source<Image> images(Path model, Dataset<Image> all, @Nullable Integer first) {
    return new Source<>(
        cut(all, first),
        ImageEmbedder.load(model),
        SparkEmbedding.images(model.toString()),
        DataTypes.BinaryType,
        Source::png);
  }

  private static Source<TextExample> texts(
      Path model, Dataset<TextExample> all, @Nullable Integer first) {
    return new Source<>(
        cut(all, first),
        SentenceEmbedder.load(model),
        SparkEmbedding.texts(model.toString()),
        DataTypes.StringType,
        text -> text.parts().get(0));
  }

  private static <E> Dataset<E> cut(Dataset<E> all, @Nullable Integer first) {
    return first == null ? all : all.first(first);
  }

  /** The same with settings of Spark's side changed. */
  Source<E> with(Function<SparkEmbedding, SparkEmbedding> change) {
    return new Source<>(data, embedder, change.apply(spark), type, value);
  }

  /** What the column holds for an example. */
  Object cell(int row) {
    return value.apply(data.get(row));
  }

  /** The vectors that one process makes. */
  float[][] alone() {
    return embedder.embed(data).vectors();
  }

  private static byte[] png(Image image) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image.toBufferedImage(), "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    embedder.close();
    data.close();
  }
}
