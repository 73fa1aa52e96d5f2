package dev.kindred.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** Vectors scaled to length one; those shorter than 1e-12 stay near zero. */
public final class UnitLength {
  private static final float TINY = 1e-12f;

  private UnitLength() {}

  /** Each row of a matrix divided by its length. */
  public static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> matrix) {
    return along(tf, matrix, 1);
  }

  /** Each column of a matrix divided by its length. */
  public static Operand<TFloat32> columns(Ops tf, Operand<TFloat32> matrix) {
    return along(tf, matrix, 0);
  }

  private static Operand<TFloat32> along(Ops tf, Operand<TFloat32> matrix, int axis) {
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.square(matrix), tf.constant(axis), ReduceSum.keepDims(true));
    Operand<TFloat32> bounded = tf.math.maximum(squares, tf.constant(TINY * TINY));
    return tf.math.mul(matrix, tf.math.rsqrt(bounded));
  }
}
