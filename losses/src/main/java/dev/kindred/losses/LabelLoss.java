package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** A loss of labelled rows: equal labels belong together. The masks are made inside. */
@FunctionalInterface
public interface LabelLoss {
  /**
   * Adds the loss to the graph.
   *
   * @param embeddings {@code [batch, dim]}
   * @param labels {@code [batch]}, any integers
   * @return a scalar of the type of {@code embeddings}; bfloat16 and float16 are computed in
   *     float32 inside; exactly 0 with gradient 0 where the batch has nothing to compare
   * @throws IllegalArgumentException if {@code embeddings} is no matrix, or {@code labels} no
   *     vector of its length
   */
  <T extends TFloating> Operand<T> of(Ops tf, Operand<T> embeddings, Operand<TInt32> labels);
}
