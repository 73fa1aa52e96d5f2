package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.family.TFloating;

/**
 * Codes of equal use by the Sinkhorn-Knopp algorithm: the scores of a batch against prototypes
 * become an assignment in which every example has weight one and, as nearly as {@code iterations}
 * allow, every prototype the same share of the batch.
 *
 * <p>{@code Q = exp(scores / epsilon)}; then, {@code iterations} times, each prototype's column and
 * after it each example's row is divided by its sum. The rows therefore sum to 1 and the columns
 * nearly to B / K. Equals lightly's and solo-learn's. Computed with logarithms, so that no epsilon
 * overflows, where exponentials overflow in float32 below about 0.0113.
 *
 * @param epsilon how soft the assignment is, finite and {@code > 0}
 * @param iterations how often both sums are made even, {@code >= 1}
 * @see <a href="https://arxiv.org/abs/1306.0895">Cuturi 2013, Sinkhorn Distances</a>
 */
public record SinkhornKnopp(double epsilon, int iterations) {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public SinkhornKnopp {
    Arguments.requirePositive("epsilon", epsilon);
    Arguments.requireAtLeastOne("iterations", iterations);
  }

  /** SwAV's: epsilon 0.05, 3 iterations. */
  public static SinkhornKnopp standard() {
    return new SinkhornKnopp(0.05, 3);
  }

  /**
   * Adds the codes to the graph.
   *
   * @param scores {@code [batch, prototypes]}
   * @return {@code [batch, prototypes]}, rows that sum to 1; no gradient goes back
   * @throws IllegalArgumentException if {@code scores} is no matrix
   */
  public <T extends TFloating> Operand<T> codes(Ops tf, Operand<T> scores) {
    Arguments.requireMatrix("scores", scores);
    return Precise.of(tf, List.of(scores), in -> tf.stopGradient(balanced(tf, in.get(0))));
  }

  private <T extends TFloating> Operand<T> balanced(Ops tf, Operand<T> scores) {
    Operand<T> logs = tf.math.mul(scores, Scalars.of(tf, scores, 1.0 / epsilon));
    for (int i = 0; i < iterations; i++) {
      logs = evened(tf, evened(tf, logs, 0), 1);
    }
    return tf.math.exp(logs);
  }

  /** Makes the exponentials along an axis sum to one. */
  private static <T extends TFloating> Operand<T> evened(Ops tf, Operand<T> logs, int axis) {
    Operand<T> greatest = tf.reduceMax(logs, tf.constant(axis), ReduceMax.keepDims(true));
    Operand<T> shifted = tf.math.sub(logs, greatest);
    Operand<T> sum =
        tf.reduceSum(tf.math.exp(shifted), tf.constant(axis), ReduceSum.keepDims(true));
    return tf.math.sub(shifted, tf.math.log(sum));
  }
}
