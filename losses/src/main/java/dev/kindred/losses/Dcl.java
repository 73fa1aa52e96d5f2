package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The decoupled contrastive loss: {@link NtXent} with the positive left out of the denominator, so
 * that easy positives do not weaken the pull of the negatives; for small batches.
 *
 * <p>{@code l_i = -s_ip / T + log sum_{k not i, not p} exp(s_ik / T)}, mean over all 2B rows. May
 * be negative. Equals lightly's DCLLoss.
 *
 * <p>One example gives exactly 0 with gradient 0, for it has no negative. Memory is quadratic in
 * the batch.
 *
 * @param temperature T, finite and {@code > 0}
 * @param reduction how the losses of the rows become one; {@link Reduction#NONE} gives {@code
 *     [2B]}, the rows of the first view first
 * @see <a href="https://arxiv.org/abs/2110.06848">Yeh et al. 2021, Decoupled Contrastive
 *     Learning</a>
 */
public record Dcl(double temperature, Reduction reduction) implements PairLoss {
  /** lightly's default; the paper compares several. */
  public static final double DEFAULT_TEMPERATURE = 0.1;

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public Dcl {
    Arguments.requireTemperature(temperature);
  }

  /** The mean over all rows at {@code temperature}. */
  public static Dcl withTemperature(double temperature) {
    return new Dcl(temperature, Reduction.MEAN);
  }

  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> view0, Operand<T> view1) {
    Arguments.requireSameShape("view0", view0, "view1", view1);
    return Precise.of(
        tf,
        List.of(view0, view1),
        views ->
            ViewPairs.of(tf, views.get(0), views.get(1), temperature)
                .reduced(tf, reduction, 1, Dcl::losses));
  }

  private static <T extends TFloating> Operand<T> losses(Ops tf, ViewPairs.Logits<T> logits) {
    Operand<T> differences =
        tf.math.sub(logits.all(), tf.expandDims(logits.positives(), tf.constant(1)));
    return Contrast.logSumExp(tf, differences, logits.negative());
  }
}
