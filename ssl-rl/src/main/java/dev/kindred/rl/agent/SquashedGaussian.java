package dev.kindred.rl.agent;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The policy of {@link Sac}: {@code a = tanh(u)}, {@code u = mean + exp(logStd) noise}.
 *
 * <pre>
 * log p(a) = sum over dimensions of log N(u) - log(1 - tanh(u)^2)
 * log(1 - tanh(u)^2) = 2 (log 2 - u - softplus(-2 u))
 * </pre>
 *
 * <p>Haarnoja et al. 2018 (arXiv:1801.01290), appendix C; the second line loses no digits where
 * tanh is near 1.
 *
 * @param action {@code [batch, size]} in {@code (-1, 1)}
 * @param logProbability the logarithm of its density, {@code [batch]}
 */
record SquashedGaussian(Operand<TFloat32> action, Operand<TFloat32> logProbability) {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** An action for each row; all arguments are {@code [batch, size]}. */
  static SquashedGaussian of(
      Ops tf, Operand<TFloat32> mean, Operand<TFloat32> logStd, Operand<TFloat32> noise) {
    Operand<TFloat32> u = tf.math.add(mean, tf.math.mul(tf.math.exp(logStd), noise));
    Operand<TFloat32> halfSquare = tf.math.mul(tf.math.square(noise), tf.constant(0.5f));
    Operand<TFloat32> normal =
        tf.math.neg(
            tf.math.add(tf.math.add(halfSquare, logStd), tf.constant((float) HALF_LOG_TWO_PI)));
    Operand<TFloat32> each = tf.math.sub(normal, logSlope(tf, u));
    return new SquashedGaussian(tf.math.tanh(u), tf.reduceSum(each, tf.constant(1)));
  }

  private static Operand<TFloat32> logSlope(Ops tf, Operand<TFloat32> u) {
    Operand<TFloat32> soft = tf.math.softplus(tf.math.mul(u, tf.constant(-2f)));
    Operand<TFloat32> rest = tf.math.sub(tf.constant((float) Math.log(2)), tf.math.add(u, soft));
    return tf.math.mul(rest, tf.constant(2f));
  }
}
