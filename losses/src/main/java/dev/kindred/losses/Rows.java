package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.family.TFloating;

/** Operations on the rows of a matrix. */
final class Rows {
  /** The square of 1e-12: rows no longer than that have no direction. */
  private static final double SMALLEST_SQUARE = 1e-24;

  private Rows() {}

  /**
   * {@code x / max(|x|, 1e-12)} row by row. A row no longer than 1e-12 keeps that value but
   * receives no gradient, for the true one would be its gradient times 1e12.
   */
  static <T extends TFloating> Operand<T> normalize(Ops tf, Operand<T> rows) {
    Operand<T> smallest = Scalars.of(tf, rows, SMALLEST_SQUARE);
    Operand<T> squares =
        tf.reduceSum(tf.math.square(rows), tf.constant(1), ReduceSum.keepDims(true));
    Operand<T> directed =
        tf.select(tf.math.greater(squares, smallest), rows, tf.stopGradient(rows));
    return tf.math.mul(directed, tf.math.rsqrt(tf.math.maximum(squares, smallest)));
  }
}
