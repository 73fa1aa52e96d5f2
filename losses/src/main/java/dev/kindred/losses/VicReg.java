package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.family.TFloating;

/**
 * VICReg: invariance of the views, variance of each feature kept above one, covariance of different
 * features pushed to zero.
 *
 * <pre>
 * invariance  mean over batch and features of (x - y)^2
 * variance    1/2 sum over the views of mean over features of relu(1 - sqrt(var + 1e-4))
 * covariance  sum over the views of sum_{i != j} cov_ij^2 / D
 * </pre>
 *
 * <p>with unbiased variance and covariance (B - 1). Equals lightly's and pytorch-metric-learning's
 * VICRegLoss at 25, 25, 1. solo-learn leaves out the half of the variance term: its value is this
 * loss's at twice the variance weight. TensorFlow-Similarity takes the biased variance.
 *
 * <p>Needs two examples at least; a batch of one that is only known when the graph runs gives a
 * finite value, that of a variance of zero. Memory is quadratic in the width.
 *
 * @param invariance the weight of the first term, finite and {@code >= 0}
 * @param variance the weight of the second, finite and {@code >= 0}
 * @param covariance the weight of the third, finite and {@code >= 0}
 * @see <a href="https://arxiv.org/abs/2105.04906">Bardes et al. 2021, VICReg</a>
 */
public record VicReg(double invariance, double variance, double covariance) implements PairLoss {
  /** What is added to a variance before its root, in the paper. */
  private static final double EPSILON = 1e-4;

  /**
   * Checks the weights.
   *
   * @throws IllegalArgumentException if one is not finite and {@code >= 0}
   */
  public VicReg {
    Arguments.requireAtLeastZero("invariance", invariance);
    Arguments.requireAtLeastZero("variance", variance);
    Arguments.requireAtLeastZero("covariance", covariance);
  }

  /** The weights of the paper: 25, 25, 1. */
  public static VicReg standard() {
    return new VicReg(25, 25, 1);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the batch is known to be of one example, too
   */
  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> view0, Operand<T> view1) {
    Arguments.requireSameShape("view0", view0, "view1", view1);
    Arguments.require(
        view0.shape().isUnknown() || view0.shape().get(0) != 1,
        "batch",
        ">= 2, for a variance needs two examples",
        1);
    return Precise.of(tf, List.of(view0, view1), in -> loss(tf, in.get(0), in.get(1)));
  }

  private <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> view0, Operand<T> view1) {
    Operand<T> squares = tf.math.square(tf.math.sub(view0, view1));
    Operand<T> apart = tf.math.mean(squares, tf.constant(new int[] {0, 1}));
    Operand<T> freedom =
        Scalars.divisor(tf, view0, tf.math.sub(Sizes.rows(tf, view0), tf.constant(1)));
    Operand<T> terms = weighted(tf, apart, invariance);
    for (Operand<T> view : List.of(view0, view1)) {
      Operand<T> centered = Features.center(tf, view);
      terms = tf.math.add(terms, weighted(tf, narrow(tf, centered, freedom), variance / 2));
      terms = tf.math.add(terms, weighted(tf, shared(tf, centered, freedom), covariance));
    }
    return terms;
  }

  /** How much the features' deviations fall short of one. */
  private static <T extends TFloating> Operand<T> narrow(
      Ops tf, Operand<T> centered, Operand<T> freedom) {
    Operand<T> squares =
        tf.reduceSum(tf.math.square(centered), tf.constant(0), ReduceSum.keepDims(false));
    Operand<T> deviation =
        tf.math.sqrt(tf.math.add(tf.math.div(squares, freedom), Scalars.of(tf, centered, EPSILON)));
    Operand<T> missing = tf.nn.relu(tf.math.sub(Scalars.of(tf, centered, 1), deviation));
    return tf.math.mean(missing, tf.constant(0));
  }

  private static <T extends TFloating> Operand<T> shared(
      Ops tf, Operand<T> centered, Operand<T> freedom) {
    Operand<T> covariance = tf.math.div(Features.products(tf, centered, centered), freedom);
    Operand<T> width = tf.dtypes.cast(Sizes.rows(tf, covariance), centered.type());
    return tf.math.div(Features.offDiagonal(tf, covariance), width);
  }

  private static <T extends TFloating> Operand<T> weighted(Ops tf, Operand<T> term, double weight) {
    return tf.math.mul(term, Scalars.of(tf, term, weight));
  }
}
