package dev.kindred.embedding;

import dev.kindred.data.Dataset;
import java.util.List;

/**
 * Turns examples into representations. Safe for use from several threads at once; batches inside.
 *
 * @param <E> an example
 */
public interface Embedder<E> extends AutoCloseable {
  /** The width of a representation. */
  int dimension();

  /**
   * The representations of {@code examples}, in their order.
   *
   * @return {@code [examples.size()][dimension()]}
   * @throws IllegalStateException if this embedder is closed
   */
  float[][] embed(List<E> examples);

  /**
   * The representations of a whole set with ids and labels, in its order. Examples that cannot be
   * read are left out and named in {@link Embeddings#skipped}.
   *
   * @throws IllegalStateException if this embedder is closed
   */
  Embeddings embed(Dataset<E> dataset);

  /** Frees the network; may be called twice. */
  @Override
  void close();
}
