package dev.kindred.runtime;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Scalars that keep the arithmetic they take part in at float32.
 *
 * <p>TensorFlow's auto-mixed-precision rewrite computes additions and products that follow a matrix
 * multiplication in 16 bits, and a gradient is what follows one: {@code gradient + 1e-4 *
 * parameter} would be the gradient alone. What follows an operation on the rewrite's deny list
 * stays in float32; L2Loss is on it, and so is everything computed from a norm.
 */
public final class FullPrecision {
  private FullPrecision() {}

  /**
   * The scalar {@code value}, or NaN where {@code varying} holds one.
   *
   * @param varying any tensor that is fed or computed, so that this is no constant to fold away
   */
  public static Operand<TFloat32> scalar(Ops tf, float value, Operand<TFloat32> varying) {
    Operand<TFloat32> zero = tf.math.minimum(tf.nn.l2Loss(varying), tf.constant(0f));
    return tf.math.add(tf.constant(value), zero);
  }
}
