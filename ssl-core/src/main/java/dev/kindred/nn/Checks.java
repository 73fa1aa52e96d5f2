package dev.kindred.nn;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/** What layers ask of their input. */
final class Checks {
  private Checks() {}

  /** The width of {@code input}'s last dimension, which the graph must know to make a kernel. */
  static long lastDimension(Scope scope, Operand<?> input) {
    Shape shape = input.shape();
    if (shape.isUnknown() || shape.get(-1) == Shape.UNKNOWN_SIZE) {
      throw new IllegalArgumentException(
          "the last dimension of the input of %s must be known while the graph is built, was %s"
              .formatted(scope.path(), shape));
    }
    return shape.get(-1);
  }
}
