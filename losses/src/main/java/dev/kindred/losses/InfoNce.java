package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * InfoNCE: query i has key i as its positive, against negatives from one of five places.
 *
 * <p>{@code l_i = -log(exp(s(q_i, k_i) / T) / (exp(s(q_i, k_i) / T) + sum_n exp(s(q_i, n) / T)))},
 * mean over the batch, where the negatives n are
 *
 * <ul>
 *   <li>in batch ({@link #of}): the other keys. {@link Direction#BOTH} averages this with the loss
 *       in which keys and queries change places.
 *   <li>hard negatives ({@link #withHardNegatives}): the other keys, and one more row for every
 *       query; {@code hardNegativeOffset} is added to the logit of a query's own hard negative.
 *   <li>more ({@link #withNegatives}): the other keys, and any number of rows beside them.
 *   <li>a queue ({@link #withQueue}): the queue's rows and nothing else. No gradient reaches keys
 *       and queue.
 *   <li>both ({@link #withBatchAndQueue}): the other keys and the queue's rows, without gradient.
 * </ul>
 *
 * <p>In batch and in one direction it equals solo-learn's nnclr_loss_func on normalised inputs and
 * the loss of SimCSE; MoCo v3 multiplies each direction by 2T and sums both. In both directions it
 * is the loss of CLIP. With a queue it equals MoCo's, as in lightly's NTXentLoss with a memory bank
 * and solo-learn's moco_loss_func. With hard negatives it is supervised SimCSE's, whose {@code
 * hard_negative_weight} is the offset. With more negatives it is ESimCSE's, whose queue they are.
 *
 * <p>One example in batch gives exactly 0, for it has no negative; B identical rows give {@code
 * log(B)}; a zero row has cosine 0 with every other and receives no gradient. Finite in float32 for
 * T down to 0.005. Memory in batch is quadratic in the batch, divided by the number of blocks.
 *
 * @param temperature T, finite and {@code > 0}
 * @param similarity how queries and keys are compared
 * @param direction whether only queries, or keys too, are anchors; in batch only
 * @param reduction how the losses of the rows become one; {@link Reduction#NONE} gives {@code
 *     [batch]}
 * @param blocks in how many blocks the queries are worked through in batch; same value and
 *     gradient, but no second derivative, and only for {@link Reduction#MEAN} and {@link
 *     Reduction#SUM}
 * @param hardNegativeOffset what is added to the logit of a query's own hard negative, finite
 * @see <a href="https://arxiv.org/abs/1807.03748">van den Oord et al. 2018, Representation Learning
 *     with Contrastive Predictive Coding</a>
 * @see <a href="https://arxiv.org/abs/1911.05722">He et al. 2019, Momentum Contrast</a>
 */
public record InfoNce(
    double temperature,
    Similarity similarity,
    Direction direction,
    Reduction reduction,
    int blocks,
    double hardNegativeOffset)
    implements PairLoss {

  /** Which rows are anchors. */
  public enum Direction {
    /** The queries: one cross-entropy. */
    QUERY_TO_KEY,
    /** Queries and keys: the mean of the two cross-entropies. */
    BOTH
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range, or there are blocks and nothing
   *     is reduced
   */
  public InfoNce {
    Arguments.requireTemperature(temperature);
    reduction.requireWhole(blocks);
    Arguments.require(
        Double.isFinite(hardNegativeOffset), "hardNegativeOffset", "finite", hardNegativeOffset);
  }

  /** Cosine similarity, queries as anchors, the mean over the batch. */
  public static InfoNce withTemperature(double temperature) {
    return new InfoNce(
        temperature, Similarity.COSINE, Direction.QUERY_TO_KEY, Reduction.MEAN, 1, 0);
  }

  /** The same loss of each row, {@code [batch]}. */
  public InfoNce rows() {
    return new InfoNce(
        temperature, similarity, direction, Reduction.NONE, blocks, hardNegativeOffset);
  }

  /** The same loss in both directions. */
  public InfoNce symmetric() {
    return new InfoNce(
        temperature, similarity, Direction.BOTH, reduction, blocks, hardNegativeOffset);
  }

  /** The same loss, worked through in {@code count} blocks of rows. */
  public InfoNce inBlocks(int count) {
    return new InfoNce(temperature, similarity, direction, reduction, count, hardNegativeOffset);
  }

  /** The same loss with another offset of a query's own hard negative. */
  public InfoNce hardNegativeOffset(double offset) {
    return new InfoNce(temperature, similarity, direction, reduction, blocks, offset);
  }

  /**
   * {@inheritDoc}
   *
   * @param queries {@code [batch, dim]}
   * @param keys {@code [batch, dim]}, row i the positive of query i, negative of the others
   */
  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> queries, Operand<T> keys) {
    Arguments.requireSameShape("queries", queries, "keys", keys);
    return Precise.of(tf, List.of(queries, keys), in -> inBatch(tf, in.get(0), in.get(1)));
  }

  /**
   * Adds the loss with hard negatives to the graph.
   *
   * @param queries {@code [batch, dim]}
   * @param keys {@code [batch, dim]}, row i the positive of query i, negative of the others
   * @param hardNegatives {@code [batch, dim]}, negative of every query; row i is query i's own
   * @throws IllegalArgumentException if the shapes are not equal matrices, or the loss is symmetric
   *     or in blocks
   */
  public <T extends TFloating> Operand<T> withHardNegatives(
      Ops tf, Operand<T> queries, Operand<T> keys, Operand<T> hardNegatives) {
    requirePlain("hard negatives");
    Arguments.requireSameShape("queries", queries, "keys", keys);
    Arguments.requireSameShape("queries", queries, "hardNegatives", hardNegatives);
    return Precise.of(
        tf,
        List.of(queries, keys, hardNegatives),
        in -> reduction.apply(tf, hard(tf, in.get(0), in.get(1), in.get(2))));
  }

  /**
   * Adds the loss with more negatives to the graph; with as many as there are queries it is that of
   * {@link #withHardNegatives} without offset.
   *
   * @param queries {@code [batch, dim]}
   * @param keys {@code [batch, dim]}, row i the positive of query i, negative of the others
   * @param negatives more negatives of every query, {@code [any, dim]}
   * @throws IllegalArgumentException if the shapes are not equal matrices or the negatives have
   *     another width, or the loss is symmetric or in blocks
   */
  public <T extends TFloating> Operand<T> withNegatives(
      Ops tf, Operand<T> queries, Operand<T> keys, Operand<T> negatives) {
    requirePlain("more negatives");
    Arguments.requireSameShape("queries", queries, "keys", keys);
    Arguments.requireSameWidth("queries", queries, "negatives", negatives);
    return Precise.of(
        tf,
        List.of(queries, keys, negatives),
        in -> reduction.apply(tf, beside(tf, in.get(0), in.get(1), in.get(2))));
  }

  /**
   * Adds the loss with a queue to the graph.
   *
   * @param queries {@code [batch, dim]}
   * @param keys {@code [batch, dim]}, row i the positive of query i; no gradient reaches them
   * @param queue the negatives of every query {@code [length, dim]}; no gradient reaches them
   * @throws IllegalArgumentException if the shapes are not equal matrices or the queue has another
   *     width, or the loss is symmetric or in blocks
   */
  public <T extends TFloating> Operand<T> withQueue(
      Ops tf, Operand<T> queries, Operand<T> keys, Operand<T> queue) {
    requireQueue(queries, keys, queue);
    return Precise.of(
        tf,
        List.of(queries, keys, queue),
        in -> reduction.apply(tf, queued(tf, in.get(0), in.get(1), in.get(2))));
  }

  /**
   * Adds the loss with a queue beside the batch to the graph, as i-Mix and MixCo have it.
   *
   * @param queries {@code [batch, dim]}
   * @param keys {@code [batch, dim]}, row i the positive of query i, negative of the others; no
   *     gradient reaches them
   * @param queue more negatives of every query {@code [length, dim]}; no gradient reaches them
   * @throws IllegalArgumentException if the shapes are not equal matrices or the queue has another
   *     width, or the loss is symmetric or in blocks
   */
  public <T extends TFloating> Operand<T> withBatchAndQueue(
      Ops tf, Operand<T> queries, Operand<T> keys, Operand<T> queue) {
    requireQueue(queries, keys, queue);
    return Precise.of(
        tf,
        List.of(queries, keys, queue),
        in ->
            reduction.apply(
                tf, beside(tf, in.get(0), tf.stopGradient(in.get(1)), tf.stopGradient(in.get(2)))));
  }

  private void requireQueue(Operand<?> queries, Operand<?> keys, Operand<?> queue) {
    requirePlain("a queue");
    Arguments.requireSameShape("queries", queries, "keys", keys);
    Arguments.requireSameWidth("queries", queries, "queue", queue);
  }

  private void requirePlain(String with) {
    Arguments.require(
        direction == Direction.QUERY_TO_KEY, "direction", "QUERY_TO_KEY with " + with, direction);
    Arguments.require(blocks == 1, "blocks", "1 with " + with, blocks);
  }

  private <T extends TFloating> Operand<T> inBatch(Ops tf, Operand<T> queries, Operand<T> keys) {
    Operand<T> q = similarity.prepare(tf, queries);
    Operand<T> k = similarity.prepare(tf, keys);
    if (direction == Direction.QUERY_TO_KEY) {
      return oneWay(tf, q, k);
    }
    Operand<T> both = tf.math.add(oneWay(tf, q, k), oneWay(tf, k, q));
    return tf.math.mul(both, Scalars.of(tf, q, 0.5));
  }

  private <T extends TFloating> Operand<T> oneWay(Ops tf, Operand<T> anchors, Operand<T> others) {
    List<Operand<T>> rows = List.of(scaled(tf, anchors), others);
    return RowBlocks.reduced(tf, reduction, blocks, rows, others, InfoNce::losses);
  }

  private static <T extends TFloating> Operand<T> losses(Ops tf, RowBlocks.Block<T> block) {
    Operand<T> anchors = block.rows().get(0);
    return Contrast.losses(
        tf,
        Similarity.pairedProducts(tf, anchors, block.rows().get(1)),
        Similarity.products(tf, anchors, block.candidates()),
        Sizes.differ(tf, block.indices(), Sizes.indices(tf, block.candidates())));
  }

  private <T extends TFloating> Operand<T> hard(
      Ops tf, Operand<T> queries, Operand<T> keys, Operand<T> hardNegatives) {
    Operand<T> q = scaled(tf, similarity.prepare(tf, queries));
    Operand<T> k = similarity.prepare(tf, keys);
    Operand<T> h = similarity.prepare(tf, hardNegatives);
    Operand<TInt32> row = Sizes.indices(tf, q);
    Operand<TBool> own = Sizes.equal(tf, row, row);
    Operand<T> offset =
        tf.math.mul(Scalars.ones(tf, q, own), Scalars.of(tf, q, hardNegativeOffset));
    return besideBatch(tf, q, k, tf.math.add(Similarity.products(tf, q, h), offset));
  }

  private <T extends TFloating> Operand<T> queued(
      Ops tf, Operand<T> queries, Operand<T> keys, Operand<T> queue) {
    Operand<T> q = scaled(tf, similarity.prepare(tf, queries));
    Operand<T> k = tf.stopGradient(similarity.prepare(tf, keys));
    Operand<T> negatives = tf.stopGradient(similarity.prepare(tf, queue));
    Operand<T> logits = Similarity.products(tf, q, negatives);
    return Contrast.losses(
        tf, Similarity.pairedProducts(tf, q, k), logits, Sizes.everywhere(tf, logits));
  }

  private <T extends TFloating> Operand<T> beside(
      Ops tf, Operand<T> queries, Operand<T> keys, Operand<T> negatives) {
    Operand<T> q = scaled(tf, similarity.prepare(tf, queries));
    Operand<T> more = similarity.prepare(tf, negatives);
    return besideBatch(tf, q, similarity.prepare(tf, keys), Similarity.products(tf, q, more));
  }

  /** The negatives are the other keys, and more whose logits are given. */
  private static <T extends TFloating> Operand<T> besideBatch(
      Ops tf, Operand<T> q, Operand<T> k, Operand<T> logits) {
    Operand<TInt32> row = Sizes.indices(tf, q);
    Operand<TInt32> columns = tf.constant(1);
    return Contrast.losses(
        tf,
        Similarity.pairedProducts(tf, q, k),
        tf.concat(List.of(Similarity.products(tf, q, k), logits), columns),
        tf.concat(List.of(Sizes.differ(tf, row, row), Sizes.everywhere(tf, logits)), columns));
  }

  private <T extends TFloating> Operand<T> scaled(Ops tf, Operand<T> anchors) {
    return tf.math.mul(anchors, Scalars.of(tf, anchors, 1.0 / temperature));
  }
}
