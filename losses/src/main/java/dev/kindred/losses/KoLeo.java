package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The Kozachenko-Leonenko regulariser: pushes every row away from its nearest neighbour on the unit
 * sphere, {@code -1/n sum_i log(min_{j != i} |u_i - u_j| + epsilon)}. Used by DINOv2.
 *
 * <p>One row has no neighbour and gives exactly 0. Rows that are equal give {@code -log epsilon}
 * and receive no gradient. Memory is quadratic in the batch.
 *
 * @param epsilon what is added to a distance, finite and {@code > 0}
 * @see <a href="https://arxiv.org/abs/1806.03198">Sablayrolles et al. 2018, Spreading vectors for
 *     similarity search</a>
 */
public record KoLeo(double epsilon) implements Regularizer {
  /** The distance that stands for "no neighbour": larger than any on the sphere. */
  private static final double FAR = 8;

  /**
   * Checks the epsilon.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public KoLeo {
    Arguments.requirePositive("epsilon", epsilon);
  }

  /** DINOv2's epsilon of 1e-8. */
  public static KoLeo standard() {
    return new KoLeo(1e-8);
  }

  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> rows) {
    Arguments.requireMatrix("rows", rows);
    return Precise.of(tf, List.of(rows), in -> loss(tf, in.get(0)));
  }

  private <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> rows) {
    Operand<T> unit = Rows.normalize(tf, rows);
    Operand<T> distances = Distance.EUCLIDEAN.matrix(tf, unit, unit);
    Operand<TInt32> index = Sizes.indices(tf, rows);
    Operand<T> self =
        tf.math.mul(
            Scalars.ones(tf, rows, Sizes.equal(tf, index, index)), Scalars.of(tf, rows, FAR));
    Operand<TInt32> nearest =
        tf.math.argMin(tf.math.add(distances, self), tf.constant(1), TInt32.class);
    Operand<T> smallest = Sizes.pick(tf, distances, nearest);
    Operand<T> logs = tf.math.log(tf.math.add(smallest, Scalars.of(tf, rows, epsilon)));
    Operand<TBool> some = tf.math.greater(Sizes.rows(tf, rows), tf.constant(1));
    Operand<T> loss = tf.math.neg(tf.math.mean(logs, tf.constant(0)));
    return tf.math.mul(loss, Scalars.ones(tf, rows, some));
  }
}
