package dev.kindred.nn;

import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Ones;
import org.tensorflow.framework.initializers.Zeros;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Layer normalisation over the last dimension: {@code gamma (x - mean) / sqrt(variance + epsilon) +
 * beta}, mean and biased variance of each position alone. Parameters: {@code gamma}, {@code beta}.
 *
 * @param epsilon what keeps the divisor from zero, {@code > 0}
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al. 2016, Layer Normalization</a>
 */
public record LayerNorm(float epsilon) implements Block {
  /** What vision transformers use. */
  public static final float DEFAULT_EPSILON = 1e-6f;

  /**
   * Checks the epsilon.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public LayerNorm {
    Require.positive("epsilon", epsilon);
  }

  /** Layer normalisation as vision transformers have it. */
  public static LayerNorm create() {
    return new LayerNorm(DEFAULT_EPSILON);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    Ops tf = scope.tf();
    Shape shape = Shape.of(Checks.lastDimension(scope, input));
    Operand<TFloat32> gamma =
        scope.parameter("gamma", shape, seed -> new Ones<>(), Parameter.Role.BIAS_OR_NORM);
    Operand<TFloat32> beta =
        scope.parameter("beta", shape, seed -> new Zeros<>(), Parameter.Role.BIAS_OR_NORM);
    Operand<TFloat32> centred = tf.math.sub(input, mean(tf, input));
    Operand<TFloat32> variance = mean(tf, tf.math.square(centred));
    Operand<TFloat32> scale = tf.math.rsqrt(tf.math.add(variance, tf.constant(epsilon)));
    return tf.math.add(tf.math.mul(tf.math.mul(centred, scale), gamma), beta);
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
    return tf.math.mean(values, tf.constant(-1), Mean.keepDims(true));
  }
}
