package dev.kindred.nn;

import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Scores against directions that are learned: the cosine of each row with each column of {@code
 * kernel}. The columns keep length one: they are scaled back after every update. SwAV's prototypes,
 * and DINO's weight-normalised last layer with its lengths fixed at one.
 *
 * @param count the number of directions, {@code >= 1}
 * @param frozen a scalar: no gradient reaches the directions while it is true
 */
public record Prototypes(int count, Operand<TBool> frozen) implements Block {
  /**
   * Checks the count.
   *
   * @throws IllegalArgumentException if {@code count < 1}
   */
  public Prototypes {
    Require.atLeastOne("prototypes", count);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    Ops tf = scope.tf();
    long width = Checks.lastDimension(scope, input);
    Parameter kernel =
        scope.obtain(
            "kernel",
            Shape.of(width, count),
            seed -> Initial.uniform(width, seed),
            Parameter.Role.WEIGHT);
    if (kernel.trainable()) {
      scope.replace(
          kernel, Network.When.UPDATE, (ops, current) -> UnitLength.columns(ops, current));
    }
    Operand<TFloat32> learned = tf.select(frozen, tf.stopGradient(kernel.value()), kernel.value());
    return tf.linalg.matMul(UnitLength.rows(tf, input), UnitLength.columns(tf, learned));
  }
}
