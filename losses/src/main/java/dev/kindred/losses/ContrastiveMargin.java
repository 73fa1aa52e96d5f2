package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The contrastive loss of pairs: like pairs are drawn together, unlike pairs pushed apart until
 * they are a margin away.
 *
 * <p>{@code y d^2 + (1 - y) max(0, margin - d)^2}, mean over the pairs, without the paper's factor
 * of a half. pytorch-metric-learning's ContrastiveLoss does not square.
 *
 * @param margin finite and {@code > 0}
 * @param distance d
 * @see <a href="http://yann.lecun.com/exdb/publis/pdf/hadsell-chopra-lecun-06.pdf">Hadsell et al.
 *     2006, Dimensionality Reduction by Learning an Invariant Mapping</a>
 */
public record ContrastiveMargin(double margin, Distance distance) implements LabelLoss {
  /**
   * Checks the margin.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public ContrastiveMargin {
    Arguments.requirePositive("margin", margin);
  }

  /** Euclidean distance. */
  public static ContrastiveMargin withMargin(double margin) {
    return new ContrastiveMargin(margin, Distance.EUCLIDEAN);
  }

  /**
   * Adds the loss of given pairs to the graph.
   *
   * @param a {@code [pairs, dim]}
   * @param b {@code [pairs, dim]}
   * @param alike whether row i of both is a like pair, {@code [pairs]}
   * @return a scalar of the type of {@code a}; 0 without pairs
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> a, Operand<T> b, Operand<TBool> alike) {
    Arguments.requireSameShape("a", a, "b", b);
    Arguments.requireOneEach("a", a, "alike", alike);
    return Precise.of(
        tf,
        List.of(a, b),
        in -> {
          Operand<T> losses = losses(tf, distance.paired(tf, in.get(0), in.get(1)), alike);
          return mean(tf, losses, Sizes.rows(tf, a));
        });
  }

  /**
   * {@inheritDoc}
   *
   * <p>The pairs are all pairs of different rows. Memory is quadratic in the batch.
   */
  @Override
  public <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> embeddings, Operand<TInt32> labels) {
    Arguments.requireOneEach("embeddings", embeddings, "labels", labels);
    return Precise.of(tf, List.of(embeddings), in -> ofAllPairs(tf, in.get(0), labels));
  }

  private <T extends TFloating> Operand<T> ofAllPairs(
      Ops tf, Operand<T> rows, Operand<TInt32> labels) {
    Operand<TInt32> index = Sizes.indices(tf, rows);
    Operand<T> losses =
        losses(tf, distance.matrix(tf, rows, rows), Sizes.equal(tf, labels, labels));
    Operand<T> other = Scalars.ones(tf, rows, Sizes.differ(tf, index, index));
    Operand<TInt32> count = Sizes.rows(tf, rows);
    return mean(
        tf, tf.math.mul(losses, other), tf.math.mul(count, tf.math.sub(count, tf.constant(1))));
  }

  private <T extends TFloating> Operand<T> losses(
      Ops tf, Operand<T> distances, Operand<TBool> alike) {
    Operand<T> missing = tf.nn.relu(tf.math.sub(Scalars.of(tf, distances, margin), distances));
    return tf.math.square(tf.select(alike, distances, missing));
  }

  private static <T extends TFloating> Operand<T> mean(
      Ops tf, Operand<T> losses, Operand<TInt32> count) {
    return tf.math.div(Scalars.total(tf, losses), Scalars.divisor(tf, losses, count));
  }
}
