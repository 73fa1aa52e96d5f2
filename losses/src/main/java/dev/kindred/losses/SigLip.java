package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * SigLIP's sigmoid loss: every pair of the batch is classified, its own (+1) or not (-1).
 *
 * <p>{@code -1/B sum_ij log sigmoid(z_ij (t s_ij + b))}, z = +1 on the diagonal and -1 off it.
 * Scale and bias are learned in the paper, from {@code t = 10} and {@code b = -10}: {@link #of(Ops,
 * Operand, Operand, Operand, Operand)}.
 *
 * <p>Memory is quadratic in the batch.
 *
 * @param scale t, finite and {@code > 0}
 * @param bias b, finite
 * @see <a href="https://arxiv.org/abs/2303.15343">Zhai et al. 2023, Sigmoid Loss for Language Image
 *     Pre-Training</a>
 */
public record SigLip(double scale, double bias) implements PairLoss {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the scale is not finite and {@code > 0}, or the bias not
   *     finite
   */
  public SigLip {
    Arguments.requirePositive("scale", scale);
    Arguments.require(Double.isFinite(bias), "bias", "finite", bias);
  }

  /** The values that the paper starts from, 10 and -10. */
  public static SigLip standard() {
    return new SigLip(10, -10);
  }

  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> a, Operand<T> b) {
    return of(tf, a, b, Scalars.of(tf, a, scale), Scalars.of(tf, a, bias));
  }

  /**
   * Adds the loss with a scale and a bias that may be learned.
   *
   * @param a {@code [batch, dim]}
   * @param b {@code [batch, dim]}
   * @param learnedScale t, a scalar, in place of this record's
   * @param learnedBias b, a scalar, in place of this record's
   * @throws IllegalArgumentException if the shapes are not equal matrices
   */
  public <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> a, Operand<T> b, Operand<T> learnedScale, Operand<T> learnedBias) {
    Arguments.requireSameShape("a", a, "b", b);
    return Precise.of(
        tf,
        List.of(a, b, learnedScale, learnedBias),
        in -> {
          Operand<T> similarity = Similarity.COSINE.matrix(tf, in.get(0), in.get(1));
          Operand<T> logits = tf.math.add(tf.math.mul(similarity, in.get(2)), in.get(3));
          return tf.math.mean(rowLosses(tf, logits), tf.constant(0));
        });
  }

  /** {@code sum_j -log sigmoid(z_ij logit_ij)} of each row. */
  static <T extends TFloating> Operand<T> rowLosses(Ops tf, Operand<T> logits) {
    Operand<TInt32> index = Sizes.indices(tf, logits);
    Operand<T> own = Scalars.ones(tf, logits, Sizes.equal(tf, index, index));
    Operand<T> sign =
        tf.math.sub(Scalars.of(tf, logits, 1), tf.math.mul(own, Scalars.of(tf, logits, 2)));
    return tf.reduceSum(
        tf.math.softplus(tf.math.mul(sign, logits)), tf.constant(1), ReduceSum.keepDims(false));
  }
}
