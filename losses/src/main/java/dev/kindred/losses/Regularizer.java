package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A term that looks at one matrix of embeddings as a whole, added to a loss with a weight. */
@FunctionalInterface
public interface Regularizer {
  /**
   * Adds the term to the graph.
   *
   * @param rows {@code [batch, dim]}
   * @return a scalar of the type of {@code rows}; bfloat16 and float16 are computed in float32
   *     inside
   * @throws IllegalArgumentException if {@code rows} is no matrix
   */
  <T extends TFloating> Operand<T> of(Ops tf, Operand<T> rows);
}
