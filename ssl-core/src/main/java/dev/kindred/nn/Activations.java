package dev.kindred.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Element-wise functions as blocks. */
public final class Activations {
  private Activations() {}

  /** {@code max(0, x)}. */
  public static Block relu() {
    return (scope, input) -> scope.tf().nn.relu(input);
  }

  /**
   * {@code x Phi(x)}, Phi the normal distribution function.
   *
   * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016, Gaussian Error
   *     Linear Units</a>
   */
  public static Block gelu() {
    return (scope, input) -> {
      Ops tf = scope.tf();
      Operand<TFloat32> half = tf.math.mul(input, tf.constant(0.5f));
      Operand<TFloat32> scaled = tf.math.mul(input, tf.constant((float) Math.sqrt(0.5)));
      return tf.math.mul(half, tf.math.add(tf.constant(1f), tf.math.erf(scaled)));
    };
  }
}
