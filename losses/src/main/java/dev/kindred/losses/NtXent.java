package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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
 * T down to 0.005. Memory is quadratic in the batch, divided by the number of blocks.
 *
 * @param temperature T, finite and {@code > 0}
 * @param reduction how the losses of the rows become one; {@link Reduction#NONE} gives {@code
 *     [2B]}, the rows of the first view first
 * @param blocks in how many blocks the rows are worked through, one after the other; same value and
 *     gradient, but no second derivative, and only for {@link Reduction#MEAN} and {@link
 *     Reduction#SUM}
 * @see <a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020, A Simple Framework for
 *     Contrastive Learning of Visual Representations</a>
 */
public record NtXent(double temperature, Reduction reduction, int blocks) implements PairLoss {
  /**
   * SimCLR's best temperature for CIFAR-10 (Chen et al. 2020, appendix B.9), and lightly's default.
   */
  public static final double DEFAULT_TEMPERATURE = 0.5;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the temperature is not finite and {@code > 0}, {@code
   *     blocks < 1}, or there are blocks and nothing is reduced
   */
  public NtXent {
    Arguments.requireTemperature(temperature);
    reduction.requireWhole(blocks);
  }

  /** The mean over all rows at {@code temperature}. */
  public static NtXent withTemperature(double temperature) {
    return new NtXent(temperature, Reduction.MEAN, 1);
  }

  /** The same loss, worked through in {@code count} blocks of rows. */
  public NtXent inBlocks(int count) {
    return new NtXent(temperature, reduction, count);
  }

  /**
   * {@inheritDoc}
   *
   * @param view0 the projections of the first view {@code [batch, dim]}
   * @param view1 those of the second {@code [batch, dim]}, row i of the same example
   */
  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> view0, Operand<T> view1) {
    Arguments.requireSameShape("view0", view0, "view1", view1);
    return Precise.of(
        tf,
        List.of(view0, view1),
        views ->
            ViewPairs.of(tf, views.get(0), views.get(1), temperature)
                .reduced(
                    tf,
                    reduction,
                    blocks,
                    (in, logits) ->
                        Contrast.losses(in, logits.positives(), logits.all(), logits.negative())));
  }
}
