package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Uniformity: the logarithm of the mean Gaussian potential of all pairs of different rows on the
 * unit sphere, {@code log mean_{i < j} exp(-t |u_i - u_j|^2)}. The lower the more evenly the rows
 * are spread; in {@code [-4 t, 0]}. Equals the paper's lunif.
 *
 * <p>One row has no pair and gives exactly 0 with gradient 0. Memory is quadratic in the batch.
 *
 * @param t finite and {@code > 0}; the paper's is 2
 * @see <a href="https://arxiv.org/abs/2005.10242">Wang and Isola 2020, Understanding Contrastive
 *     Representation Learning through Alignment and Uniformity on the Hypersphere</a>
 */
public record Uniformity(double t) implements Regularizer {
  /**
   * Checks the factor.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public Uniformity {
    Arguments.requirePositive("t", t);
  }

  /** The paper's factor of 2. */
  public static Uniformity standard() {
    return new Uniformity(2);
  }

  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> rows) {
    Arguments.requireMatrix("rows", rows);
    return Precise.of(tf, List.of(rows), in -> loss(tf, in.get(0)));
  }

  private <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> rows) {
    Operand<T> unit = Rows.normalize(tf, rows);
    Operand<T> squares = Distance.SQUARED_EUCLIDEAN.matrix(tf, unit, unit);
    Operand<TInt32> index = Sizes.indices(tf, rows);
    Operand<TBool> other = Sizes.differ(tf, index, index);
    Operand<T> logits = tf.math.mul(squares, Scalars.of(tf, rows, -t));
    Operand<T> sums =
        Contrast.logSumExp(
            tf, tf.reshape(logits, tf.array(1, -1)), tf.reshape(other, tf.array(1, -1)));
    Operand<TInt32> count = Sizes.rows(tf, rows);
    Operand<TInt32> pairs = tf.math.mul(count, tf.math.sub(count, tf.constant(1)));
    return tf.squeeze(tf.math.sub(sums, tf.math.log(Scalars.divisor(tf, rows, pairs))));
  }
}
