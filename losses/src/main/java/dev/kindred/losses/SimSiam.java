package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * SimSiam's negative cosine similarity: {@code -cos(p, sg(z))}, mean over the batch.
 *
 * <p>{@link #of} is one direction, in {@code [-1, 1]}, and equals lightly's
 * NegativeCosineSimilarity and solo-learn's simsiam_loss_func. {@link #symmetric} joins both as
 * {@code directions} says: their mean in the paper.
 *
 * <p>A zero row has cosine 0 and receives no gradient.
 *
 * @param directions what becomes of the two directions
 * @see <a href="https://arxiv.org/abs/2011.10566">Chen and He 2020, Exploring Simple Siamese
 *     Representation Learning</a>
 */
public record SimSiam(Directions directions) implements PredictionLoss {
  /** The loss of the paper: the mean of both directions. */
  public static SimSiam standard() {
    return new SimSiam(Directions.MEAN);
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
    return Precise.of(
        tf, List.of(predictions, targets), in -> negativeCosine(tf, in.get(0), in.get(1)));
  }

  static <T extends TFloating> Operand<T> negativeCosine(
      Ops tf, Operand<T> predictions, Operand<T> targets) {
    Operand<T> cosine =
        Similarity.pairedProducts(
            tf, Rows.normalize(tf, predictions), tf.stopGradient(Rows.normalize(tf, targets)));
    return tf.math.neg(tf.math.mean(cosine, tf.constant(0)));
  }
}
