package dev.kindred.train;

import dev.kindred.embedding.Embedder;
import java.util.Map;

/**
 * Measures an encoder while it is being trained, at the end of an epoch.
 *
 * @param <E> an example
 */
@FunctionalInterface
public interface EpochEvaluator<E> {
  /**
   * Measures the encoder as it is now.
   *
   * @param encoder the encoder in inference mode; the caller closes it
   * @return the metrics by name, such as {@code knn_accuracy}
   */
  Map<String, Double> evaluate(Embedder<E> encoder);
}
