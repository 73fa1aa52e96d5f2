package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.family.TFloating;

/**
 * Barlow Twins: the correlation of the features of two views, driven to the identity.
 *
 * <p>Each feature is standardised over the batch with the biased variance, {@code (x - mean) /
 * sqrt(var + epsilon)}; {@code C = z0' z1 / B}; the loss is {@code scale (sum_i (1 - C_ii)^2 +
 * lambda sum_{i != j} C_ij^2)}.
 *
 * <p>At scale 1 it equals lightly's BarlowTwinsLoss and the official code without its scale of 1/32
 * (there {@code lambda 0.0051}); solo-learn multiplies by 0.1 (its defaults) or 0.025.
 * TensorFlow-Similarity has no epsilon.
 *
 * <p>A feature that is constant over the batch, and any batch of one, has correlation 0: the loss
 * is finite, with gradient 0 for that feature. Memory is quadratic in the width.
 *
 * @param lambda the weight of the off-diagonal, finite and {@code >= 0}
 * @param scale the factor of the whole, finite and {@code > 0}
 * @param epsilon what is added to the variance, finite and {@code > 0}
 * @see <a href="https://arxiv.org/abs/2103.03230">Zbontar et al. 2021, Barlow Twins</a>
 */
public record BarlowTwins(double lambda, double scale, double epsilon) implements PairLoss {
  /** The weight of the off-diagonal in the paper. */
  public static final double DEFAULT_LAMBDA = 5e-3;

  /** The epsilon of PyTorch's batch normalisation, which the official code standardises with. */
  public static final double DEFAULT_EPSILON = 1e-5;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public BarlowTwins {
    Arguments.requireAtLeastZero("lambda", lambda);
    Arguments.requirePositive("scale", scale);
    Arguments.requirePositive("epsilon", epsilon);
  }

  /** The loss of the paper with another weight of the off-diagonal. */
  public static BarlowTwins withLambda(double lambda) {
    return new BarlowTwins(lambda, 1, DEFAULT_EPSILON);
  }

  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> view0, Operand<T> view1) {
    Arguments.requireSameShape("view0", view0, "view1", view1);
    return Precise.of(tf, List.of(view0, view1), in -> loss(tf, in.get(0), in.get(1)));
  }

  private <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> view0, Operand<T> view1) {
    Operand<T> count = tf.dtypes.cast(Sizes.rows(tf, view0), view0.type());
    Operand<T> a = Features.standardize(tf, view0, epsilon);
    Operand<T> b = Features.standardize(tf, view1, epsilon);
    Operand<T> correlation = tf.math.div(Features.products(tf, a, b), count);
    Operand<T> diagonal =
        tf.math.div(
            tf.reduceSum(tf.math.mul(a, b), tf.constant(0), ReduceSum.keepDims(false)), count);
    Operand<T> missing = tf.math.square(tf.math.sub(Scalars.of(tf, view0, 1), diagonal));
    Operand<T> off = Features.offDiagonal(tf, correlation);
    Operand<T> loss =
        tf.math.add(
            tf.reduceSum(missing, tf.constant(0), ReduceSum.keepDims(false)),
            tf.math.mul(off, Scalars.of(tf, view0, lambda)));
    return tf.math.mul(loss, Scalars.of(tf, view0, scale));
  }
}
