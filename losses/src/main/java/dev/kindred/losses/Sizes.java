package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;

/** Sizes and indices that are known only when the graph runs. */
final class Sizes {
  private Sizes() {}

  /** The number of rows of {@code matrix}, a scalar. */
  static Operand<TInt32> rows(Ops tf, Operand<?> matrix) {
    return tf.gather(tf.shape(matrix), tf.constant(0), tf.constant(0));
  }

  /** Where {@code a_i != b_j}, {@code [n, m]}. */
  static Operand<TBool> differ(Ops tf, Operand<TInt32> a, Operand<TInt32> b) {
    return tf.math.notEqual(tf.expandDims(a, tf.constant(1)), tf.expandDims(b, tf.constant(0)));
  }
}
