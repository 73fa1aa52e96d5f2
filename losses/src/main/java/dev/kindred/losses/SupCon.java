package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.UniqueWithCounts;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The supervised contrastive loss, the mean outside of the logarithm ({@code L_out}): each row is
 * pulled to all rows of its label.
 *
 * <p>{@code l_i = -1/|P(i)| sum_{p in P(i)} log(exp(s_ip / T) / sum_{a != i} exp(s_ia / T))}, where
 * P(i) are the other rows of i's label; mean over the anchors that have such a row.
 *
 * <p>Equals pytorch-metric-learning's SupConLoss. SupContrast counts anchors without a positive as
 * 0 in the mean, and multiplies by T / base_temperature; without such anchors and with equal
 * temperatures it is the same. solo-learn's "supcon" has the mean inside of the logarithm ({@code
 * L_in}), another loss.
 *
 * <p>A batch in which every label is alone gives exactly 0 with gradient 0. Memory is quadratic in
 * the batch, divided by the number of blocks.
 *
 * @param temperature T, finite and {@code > 0}
 * @param blocks in how many blocks the rows are worked through; same value and gradient, but no
 *     second derivative
 * @see <a href="https://arxiv.org/abs/2004.11362">Khosla et al. 2020, Supervised Contrastive
 *     Learning</a>
 */
public record SupCon(double temperature, int blocks) implements LabelLoss {
  /** The temperature of the paper. */
  public static final double DEFAULT_TEMPERATURE = 0.1;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the temperature is not finite and {@code > 0}, or {@code
   *     blocks < 1}
   */
  public SupCon {
    Arguments.requireTemperature(temperature);
    Arguments.requireAtLeastOne("blocks", blocks);
  }

  /** The loss at {@code temperature}, whole. */
  public static SupCon withTemperature(double temperature) {
    return new SupCon(temperature, 1);
  }

  /** The same loss, worked through in {@code count} blocks of rows. */
  public SupCon inBlocks(int count) {
    return new SupCon(temperature, count);
  }

  @Override
  public <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> embeddings, Operand<TInt32> labels) {
    Arguments.requireOneEach("embeddings", embeddings, "labels", labels);
    return Precise.of(tf, List.of(embeddings), in -> loss(tf, in.get(0), labels));
  }

  /**
   * Adds the loss of two views of each example to the graph: that of all rows of both.
   *
   * @param view0 {@code [batch, dim]}
   * @param view1 {@code [batch, dim]}
   * @param labels {@code [batch]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> view0, Operand<T> view1, Operand<TInt32> labels) {
    Arguments.requireSameShape("view0", view0, "view1", view1);
    Arguments.requireOneEach("view0", view0, "labels", labels);
    return of(
        tf,
        tf.concat(List.of(view0, view1), tf.constant(0)),
        tf.concat(List.of(labels, labels), tf.constant(0)));
  }

  private <T extends TFloating> Operand<T> loss(
      Ops tf, Operand<T> embeddings, Operand<TInt32> labels) {
    Operand<T> rows = Similarity.COSINE.prepare(tf, embeddings);
    Operand<T> anchors = tf.math.mul(rows, Scalars.of(tf, rows, 1.0 / temperature));
    Operand<T> sum =
        RowBlocks.sum(tf, blocks, List.of(anchors), rows, (in, block) -> losses(in, block, labels));
    return tf.math.div(sum, Scalars.divisor(tf, sum, anchorsWithPositive(tf, labels)));
  }

  private static <T extends TFloating> Operand<T> losses(
      Ops tf, RowBlocks.Block<T> block, Operand<TInt32> labels) {
    Operand<T> logits = Similarity.products(tf, block.rows().get(0), block.candidates());
    Operand<TBool> other = Sizes.differ(tf, block.indices(), Sizes.indices(tf, block.candidates()));
    Operand<TInt32> own = tf.gather(labels, block.indices(), tf.constant(0));
    Operand<TBool> positive = tf.math.logicalAnd(other, Sizes.equal(tf, own, labels));
    Operand<T> mask = Scalars.ones(tf, logits, positive);
    Operand<T> count = sum(tf, mask);
    Operand<T> mean =
        tf.math.div(sum(tf, tf.math.mul(mask, logits)), Scalars.divisor(tf, logits, count));
    Operand<T> differences = tf.math.sub(logits, tf.expandDims(mean, tf.constant(1)));
    Operand<T> loss = Contrast.logSumExp(tf, differences, other);
    return tf.math.mul(loss, tf.math.minimum(count, Scalars.of(tf, count, 1)));
  }

  private static <T extends TFloating> Operand<T> sum(Ops tf, Operand<T> matrix) {
    return tf.reduceSum(matrix, tf.constant(1), ReduceSum.keepDims(false));
  }

  /** How many rows are not alone with their label. */
  private static Operand<TInt32> anchorsWithPositive(Ops tf, Operand<TInt32> labels) {
    UniqueWithCounts<TInt32, TInt32> unique =
        tf.uniqueWithCounts(labels, tf.constant(new int[] {0}));
    Operand<TInt32> several =
        tf.dtypes.cast(tf.math.greater(unique.count(), tf.constant(1)), TInt32.class);
    return tf.reduceSum(
        tf.math.mul(unique.count(), several), tf.constant(0), ReduceSum.keepDims(false));
  }
}
