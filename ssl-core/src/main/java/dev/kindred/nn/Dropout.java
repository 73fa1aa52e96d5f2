package dev.kindred.nn;

import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Dropout: while training each number is zero with the probability {@code rate}, and the others are
 * divided by {@code 1 - rate}. Without training, and at a rate of 0, the input itself.
 *
 * @param rate in {@code [0, 1)}
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014, Dropout</a>
 */
public record Dropout(double rate) implements Block {
  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is outside its range
   */
  public Dropout {
    Require.that(rate >= 0 && rate < 1, "dropout", "in [0, 1)", rate);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    if (!scope.random() || rate == 0) {
      return input;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> draw = scope.uniform("dropout", tf.shape(input));
    Operand<TFloat32> stays =
        tf.dtypes.cast(tf.math.greaterEqual(draw, tf.constant((float) rate)), TFloat32.class);
    return tf.math.mul(tf.math.mul(input, stays), tf.constant((float) (1 / (1 - rate))));
  }
}
