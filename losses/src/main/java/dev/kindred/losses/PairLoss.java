package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A loss of two matrices whose rows of one index belong together: two views of one example, a query
 * and its key, a prediction and its target.
 */
@FunctionalInterface
public interface PairLoss {
  /**
   * Adds the loss to the graph.
   *
   * @param a {@code [batch, dim]}
   * @param b {@code [batch, dim]}, row i belonging to row i of {@code a}
   * @return a scalar, or the rows' losses where the loss has {@link Reduction#NONE}; of the type of
   *     {@code a}; bfloat16 and float16 are computed in float32 inside
   * @throws IllegalArgumentException if the shapes are not equal matrices
   */
  <T extends TFloating> Operand<T> of(Ops tf, Operand<T> a, Operand<T> b);
}
