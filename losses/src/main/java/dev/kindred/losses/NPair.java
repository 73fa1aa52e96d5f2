package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The multi-class N-pair loss: one pair of each class; an anchor's positive against the positives
 * of all other classes.
 *
 * <p>{@code l_i = log(1 + sum_{j != i} exp(a_i . p_j - a_i . p_i))}, mean over the pairs: {@link
 * InfoNce} at temperature 1. {@code l2} times the mean squared length of all anchors and positives
 * is added, as the paper keeps the embeddings short instead of normalising them.
 *
 * <p>With {@link Similarity#COSINE} it equals pytorch-metric-learning's NPairsLoss, which
 * normalises by default; the paper does not ({@link Similarity#DOT}). tf-slim's npairs_loss has the
 * half of its regularisation weight as this {@code l2}.
 *
 * @param similarity how anchors and positives are compared
 * @param l2 the weight of the mean squared length, finite and {@code >= 0}
 * @see <a
 *     href="https://papers.nips.cc/paper/6200-improved-deep-metric-learning-with-multi-class-n-pair-loss-objective">Sohn
 *     2016, Improved Deep Metric Learning with Multi-class N-pair Loss Objective</a>
 */
public record NPair(Similarity similarity, double l2) implements PairLoss {
  /**
   * Checks the weight.
   *
   * @throws IllegalArgumentException if it is not finite and {@code >= 0}
   */
  public NPair {
    Arguments.requireAtLeastZero("l2", l2);
  }

  /** The paper's inner products, without the penalty. */
  public static NPair standard() {
    return new NPair(Similarity.DOT, 0);
  }

  /**
   * {@inheritDoc}
   *
   * @param anchors {@code [pairs, dim]}, each of another class
   * @param positives {@code [pairs, dim]}, row i of the class of anchor i
   */
  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> anchors, Operand<T> positives) {
    Arguments.requireSameShape("anchors", anchors, "positives", positives);
    return Precise.of(tf, List.of(anchors, positives), in -> loss(tf, in.get(0), in.get(1)));
  }

  /**
   * Adds the loss of labelled rows to the graph. Of each label that has two rows or more, the first
   * is the anchor and the second the positive; all other rows are left out.
   *
   * @param embeddings {@code [batch, dim]}
   * @param labels {@code [batch]}
   * @return a scalar; 0 where every label is alone
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public <T extends TFloating> Operand<T> ofLabels(
      Ops tf, Operand<T> embeddings, Operand<TInt32> labels) {
    Arguments.requireOneEach("embeddings", embeddings, "labels", labels);
    Operand<TInt32> same = tf.dtypes.cast(Sizes.equal(tf, labels, labels), TInt32.class);
    Operand<TInt32> before =
        Sizes.pick(
            tf,
            tf.math.cumsum(same, tf.constant(1), Cumsum.exclusive(true)),
            Sizes.indices(tf, embeddings));
    Operand<TInt32> count = tf.reduceSum(same, tf.constant(1), ReduceSum.keepDims(false));
    Operand<TBool> first =
        tf.math.logicalAnd(
            tf.math.equal(before, tf.constant(0)), tf.math.greater(count, tf.constant(1)));
    Operand<TBool> second = tf.math.equal(before, tf.constant(1));
    Operand<TInt32> sameSecond =
        tf.math.mul(same, tf.expandDims(tf.dtypes.cast(second, TInt32.class), tf.constant(0)));
    Operand<TInt32> partner = tf.math.argMax(sameSecond, tf.constant(1), TInt32.class);
    Operand<TInt32> anchors = Sizes.where(tf, first);
    Operand<T> rows = tf.gather(embeddings, anchors, tf.constant(0));
    Operand<TInt32> positives = tf.gather(partner, anchors, tf.constant(0));
    return of(tf, rows, tf.gather(embeddings, positives, tf.constant(0)));
  }

  private <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> anchors, Operand<T> positives) {
    Operand<T> sum =
        new InfoNce(1, similarity, InfoNce.Direction.QUERY_TO_KEY, Reduction.SUM, 1, 0)
            .of(tf, anchors, positives);
    Operand<T> all = tf.concat(List.of(anchors, positives), tf.constant(0));
    Operand<T> penalty =
        tf.math.mul(Scalars.total(tf, tf.math.square(all)), Scalars.of(tf, all, l2 / 2));
    return tf.math.div(
        tf.math.add(sum, penalty), Scalars.divisor(tf, sum, Sizes.rows(tf, anchors)));
  }
}
