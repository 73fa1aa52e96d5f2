package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * BYOL's regression of the target network's projection: {@code 2 - 2 cos(p, sg(z))}, mean over the
 * batch, which is the squared distance of the normalised rows.
 *
 * <p>{@link #of} is one direction, in {@code [0, 4]}, and equals solo-learn's byol_loss_func.
 * {@link #symmetric} joins both as {@code directions} says: their sum in the paper. Libraries that
 * average the directions, or drop the 2, change the effective learning rate by up to four.
 *
 * <p>A zero row has cosine 0 and receives no gradient.
 *
 * @param directions what becomes of the two directions
 * @see <a href="https://arxiv.org/abs/2006.07733">Grill et al. 2020, Bootstrap Your Own Latent</a>
 */
public record Byol(Directions directions) implements PredictionLoss {
  /** The loss of the paper: the sum of both directions. */
  public static Byol standard() {
    return new Byol(Directions.SUM);
  }

  /**
   * {@inheritDoc}
   *
   * @param predictions {@code [batch, dim]}
   * @param targets {@code [batch, dim]}; no gradient reaches them
   */
  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> predictions, Operand<T> targets) {
    Arguments.requireSameShape("predictions", predictions, "targets", targets);
    return Precise.of(tf, List.of(predictions, targets), in -> loss(tf, in.get(0), in.get(1)));
  }

  /** In float64, for near the minimum the two terms cancel. */
  private static <T extends TFloating> Operand<T> loss(
      Ops tf, Operand<T> predictions, Operand<T> targets) {
    Operand<TFloat64> negativeCosine =
        SimSiam.negativeCosine(
            tf,
            tf.dtypes.cast(predictions, TFloat64.class),
            tf.dtypes.cast(targets, TFloat64.class));
    Operand<TFloat64> two = tf.constant(2.0);
    return tf.dtypes.cast(tf.math.add(two, tf.math.mul(negativeCosine, two)), predictions.type());
  }
}
