package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Logistic noise-contrastive estimation: each query tells its own key from the other keys of the
 * batch by independent yes-or-no decisions.
 *
 * <p>{@code l_i = -log sigmoid(s_ii / T) - sum_{j != i} log sigmoid(-s_ij / T)}, mean over the
 * batch.
 *
 * <p>One example has no negative, so only its positive term is left. Memory is quadratic in the
 * batch.
 *
 * @param temperature T, finite and {@code > 0}
 * @param similarity how queries and keys are compared
 * @param reduction how the losses of the rows become one
 * @see <a href="https://proceedings.mlr.press/v9/gutmann10a.html">Gutmann and Hyvarinen 2010,
 *     Noise-contrastive estimation</a>
 */
public record LogisticNce(double temperature, Similarity similarity, Reduction reduction)
    implements PairLoss {
  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public LogisticNce {
    Arguments.requireTemperature(temperature);
  }

  /** Cosine similarity, the mean over the batch. */
  public static LogisticNce withTemperature(double temperature) {
    return new LogisticNce(temperature, Similarity.COSINE, Reduction.MEAN);
  }

  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> queries, Operand<T> keys) {
    Arguments.requireSameShape("queries", queries, "keys", keys);
    return Precise.of(
        tf, List.of(queries, keys), in -> reduction.apply(tf, losses(tf, in.get(0), in.get(1))));
  }

  private <T extends TFloating> Operand<T> losses(Ops tf, Operand<T> queries, Operand<T> keys) {
    Operand<T> logits =
        tf.math.mul(
            similarity.matrix(tf, queries, keys), Scalars.of(tf, queries, 1.0 / temperature));
    return SigLip.rowLosses(tf, logits);
  }
}
