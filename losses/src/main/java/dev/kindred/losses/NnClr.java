package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * NNCLR: {@link InfoNce} whose anchors are the nearest neighbours, in a support set of past
 * projections, of the projections themselves; so a positive is more than another view of the same
 * example.
 *
 * <p>{@code -log(exp(nn(z_i) . p_i / T) / sum_j exp(nn(z_i) . p_j / T))} with normalised rows, mean
 * over the batch: one direction, equal to solo-learn's nnclr_loss_func. The method takes the mean
 * of both directions.
 *
 * @param temperature T, finite and {@code > 0}
 * @see <a href="https://arxiv.org/abs/2104.14548">Dwibedi et al. 2021, With a Little Help from My
 *     Friends</a>
 */
public record NnClr(double temperature) {
  /** The temperature of the paper. */
  public static final double DEFAULT_TEMPERATURE = 0.1;

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public NnClr {
    Arguments.requireTemperature(temperature);
  }

  /**
   * Adds the loss to the graph.
   *
   * @param projections of one view {@code [batch, dim]}; no gradient reaches them
   * @param predictions from the other view {@code [batch, dim]}
   * @param support {@code [size, dim]}; no gradient reaches it
   * @throws IllegalArgumentException if the shapes are not equal matrices, or the support has
   *     another width
   */
  public <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> projections, Operand<T> predictions, Operand<T> support) {
    Arguments.requireSameShape("projections", projections, "predictions", predictions);
    return InfoNce.withTemperature(temperature)
        .of(tf, nearest(tf, projections, support), predictions);
  }

  /**
   * Adds the nearest row of a support set, by cosine similarity, to the graph.
   *
   * @param rows {@code [batch, dim]}
   * @param support {@code [size, dim]}
   * @return {@code [batch, dim]}, rows of {@code support}; no gradient goes back
   * @throws IllegalArgumentException if the widths differ
   */
  public static <T extends TFloating> Operand<T> nearest(
      Ops tf, Operand<T> rows, Operand<T> support) {
    Arguments.requireSameWidth("rows", rows, "support", support);
    Operand<T> similarity =
        Precise.of(
            tf, List.of(rows, support), in -> Similarity.COSINE.matrix(tf, in.get(0), in.get(1)));
    Operand<TInt64> index = tf.math.argMax(similarity, tf.constant(1));
    return tf.stopGradient(tf.gather(support, index, tf.constant(0)));
  }
}
