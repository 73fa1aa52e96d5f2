package dev.kindred.vision.augment;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Other distributions from numbers that are uniform in {@code [0, 1)}. */
final class Draws {
  private Draws() {}

  /** Uniform in {@code [min, max]}. */
  static Operand<TFloat32> range(Ops tf, Operand<TFloat32> uniform, double min, double max) {
    return tf.math.add(
        tf.math.mul(uniform, tf.constant((float) (max - min))), tf.constant((float) min));
  }

  /** A whole number in {@code [0, n)}. */
  static Operand<TInt32> index(Ops tf, Operand<TFloat32> uniform, int n) {
    return tf.dtypes.cast(tf.math.mul(uniform, tf.constant((float) n)), TInt32.class);
  }
}
