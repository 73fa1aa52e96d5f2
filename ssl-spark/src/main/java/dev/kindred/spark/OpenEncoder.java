package dev.kindred.spark;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.embedding.Embedder;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TextExample;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageDecoder;
import dev.kindred.vision.ImageEmbedder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/**
 * An encoder that is open in this JVM, and how it reads what a column holds. Safe for use from
 * several threads at once.
 *
 * @param embedder closed by this
 * @param reader makes an example of a value, given a name for messages
 */
record OpenEncoder<E>(Embedder<E> embedder, BiFunction<Object, String, E> reader)
    implements AutoCloseable {

  /** Opens an encoder of images; values are files' contents or paths. */
  static OpenEncoder<Image> images(Path folder) {
    ImageEmbedder embedder = ImageEmbedder.load(folder);
    ImageDecoder decoder = embedder.decoder();
    return new OpenEncoder<>(
        embedder,
        (value, name) ->
            value instanceof byte[] file
                ? decoder.decode(file, name)
                : decoder.read(LocalFile.of((String) value, name), name));
  }

  /** Opens an encoder of texts. */
  static OpenEncoder<TextExample> texts(Path folder) {
    return new OpenEncoder<>(
        SentenceEmbedder.load(folder), (value, name) -> TextExample.of((String) value));
  }

  /**
   * The example that a value is.
   *
   * @throws CorruptExampleException if it cannot be read
   */
  E read(Object value, String name) {
    return reader.apply(value, name);
  }

  /** The vectors of examples, in their order. */
  float[][] embed(List<E> examples) {
    return embedder.embed(examples);
  }

  @Override
  public void close() {
    embedder.close();
  }
}
