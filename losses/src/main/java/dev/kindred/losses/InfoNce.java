package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * InfoNCE with the other examples of the batch as negatives: query i has key i as its positive and
 * the other keys as negatives.
 *
 * <p>{@code l_i = -log(exp(s(q_i, k_i) / T) / sum_j exp(s(q_i, k_j) / T))}, mean over the batch:
 * the cross-entropy of the similarities against the diagonal. {@link Direction#BOTH} averages this
 * with the loss in which keys and queries change places.
 *
 * <p>In one direction it equals solo-learn's nnclr_loss_func on normalised inputs and the loss of
 * SimCSE; MoCo v3 multiplies each direction by 2T and sums both. In both directions it is the loss
 * of CLIP.
 *
 * <p>One example gives exactly 0, for it has no negative; B identical rows give {@code log(B)}; a
 * zero row has cosine 0 with every other and receives no gradient.
 *
 * @param temperature T, finite and {@code > 0}
 * @param similarity how queries and keys are compared
 * @param direction whether only queries, or keys too, are anchors
 * @param reduction how the losses of the rows become one; {@link Reduction#NONE} gives {@code
 *     [batch]}
 * @see <a href="https://arxiv.org/abs/1807.03748">van den Oord et al. 2018, Representation Learning
 *     with Contrastive Predictive Coding</a>
 */
public record InfoNce(
    float temperature, Similarity similarity, Direction direction, Reduction reduction) {

  /** Which rows are anchors. */
  public enum Direction {
    /** The queries: one cross-entropy. */
    QUERY_TO_KEY,
    /** Queries and keys: the mean of the two cross-entropies. */
    BOTH
  }

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public InfoNce {
    Arguments.requireTemperature(temperature);
  }

  /** Cosine similarity, queries as anchors, the mean over the batch. */
  public static InfoNce withTemperature(float temperature) {
    return new InfoNce(temperature, Similarity.COSINE, Direction.QUERY_TO_KEY, Reduction.MEAN);
  }

  /** The same loss in both directions. */
  public InfoNce symmetric() {
    return new InfoNce(temperature, similarity, Direction.BOTH, reduction);
  }

  /**
   * Adds the loss to the graph.
   *
   * @param queries {@code [batch, dim]}
   * @param keys {@code [batch, dim]}, row i the positive of query i
   * @throws IllegalArgumentException if the shapes are not equal matrices
   */
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> queries, Operand<T> keys) {
    Arguments.requireSameShape("queries", queries, "keys", keys);
    Operand<T> q = similarity.prepare(tf, queries);
    Operand<T> k = similarity.prepare(tf, keys);
    Operand<T> scale = Scalars.of(tf, q, 1.0 / temperature);
    Operand<T> positives = tf.math.mul(Similarity.pairedProducts(tf, q, k), scale);
    Operand<TInt32> example = tf.range(tf.constant(0), Sizes.rows(tf, q), tf.constant(1));
    Operand<TBool> negative = Sizes.differ(tf, example, example);
    Operand<T> forward = oneWay(tf, q, k, scale, positives, negative);
    if (direction == Direction.QUERY_TO_KEY) {
      return reduction.apply(tf, forward);
    }
    Operand<T> backward = oneWay(tf, k, q, scale, positives, negative);
    return reduction.apply(tf, tf.math.mul(tf.math.add(forward, backward), Scalars.of(tf, q, 0.5)));
  }

  private static <T extends TFloating> Operand<T> oneWay(
      Ops tf,
      Operand<T> anchors,
      Operand<T> others,
      Operand<T> scale,
      Operand<T> positives,
      Operand<TBool> negative) {
    Operand<T> logits = Similarity.products(tf, tf.math.mul(anchors, scale), others);
    return Contrast.losses(tf, positives, logits, negative);
  }
}
