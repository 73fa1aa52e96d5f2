package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The normalised temperature-scaled cross-entropy of SimCLR: each of the 2B views has its other
 * view as the positive and the remaining 2B - 2 views as negatives.
 *
 * <p>{@code l_i = -s_ip / T + log sum_{k != i} exp(s_ik / T)}, mean over all 2B rows.
 *
 * <p>Equals lightly's NTXentLoss, solo-learn's simclr_loss_func and pytorch-metric-learning's
 * SelfSupervisedLoss(NTXentLoss). Google's SimCLR sums the two directions (twice this value);
 * SupContrast multiplies it by T / base_temperature.
 *
 * <p>One example gives exactly 0, for it has no negative; B identical rows give {@code log(2B -
 * 1)}; a zero row has similarity 0 with every other and receives no gradient. Finite in float32 for
 * T down to 0.005. Memory is quadratic in the batch.
 *
 * @param temperature T, finite and {@code > 0}
 * @param reduction how the losses of the rows become one; {@link Reduction#NONE} gives {@code
 *     [2B]}, the rows of the first view first
 * @see <a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020, A Simple Framework for
 *     Contrastive Learning of Visual Representations</a>
 */
public record NtXent(float temperature, Reduction reduction) {
  /**
   * SimCLR's best temperature for CIFAR-10 (Chen et al. 2020, appendix B.9), and lightly's default.
   */
  public static final float DEFAULT_TEMPERATURE = 0.5f;

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public NtXent {
    Arguments.requireTemperature(temperature);
  }

  /** The mean over all rows at {@code temperature}. */
  public static NtXent withTemperature(float temperature) {
    return new NtXent(temperature, Reduction.MEAN);
  }

  /**
   * Adds the loss to the graph.
   *
   * @param view0 the projections of the first view {@code [batch, dim]}
   * @param view1 those of the second {@code [batch, dim]}, row i of the same example
   * @throws IllegalArgumentException if the shapes are not equal matrices
   */
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> view0, Operand<T> view1) {
    Arguments.requireSameShape("view0", view0, "view1", view1);
    Operand<T> u0 = Similarity.COSINE.prepare(tf, view0);
    Operand<T> u1 = Similarity.COSINE.prepare(tf, view1);
    Operand<T> rows = tf.concat(List.of(u0, u1), tf.constant(0));
    Operand<T> scale = Scalars.of(tf, rows, 1.0 / temperature);
    Operand<T> pair = tf.math.mul(Similarity.pairedProducts(tf, u0, u1), scale);
    Operand<T> positives = tf.concat(List.of(pair, pair), tf.constant(0));
    Operand<T> logits = Similarity.products(tf, tf.math.mul(rows, scale), rows);
    return reduction.apply(tf, Contrast.losses(tf, positives, logits, negatives(tf, view0)));
  }

  /** All pairs of views but those of one example: rows i and j with i != j modulo B. */
  private static Operand<TBool> negatives(Ops tf, Operand<?> view) {
    Operand<TInt32> one = tf.range(tf.constant(0), Sizes.rows(tf, view), tf.constant(1));
    Operand<TInt32> example = tf.concat(List.of(one, one), tf.constant(0));
    return Sizes.differ(tf, example, example);
  }
}
