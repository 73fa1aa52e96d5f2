package dev.kindred.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Pooling of images {@code [batch, height, width, channels]}. */
public final class Pooling {
  private Pooling() {}

  /** The mean over height and width: {@code [batch, channels]}. */
  public static Block globalAverage() {
    return (scope, input) -> scope.tf().math.mean(input, scope.tf().constant(new int[] {1, 2}));
  }

  /**
   * The maximum of each 3 x 3 window at every second row and column, for inputs that are not
   * negative. The input is padded by one zero on every side, which then equals torchvision's
   * padding.
   */
  public static Block max3x3Stride2() {
    return Pooling::maxOfNonNegative;
  }

  private static Operand<TFloat32> maxOfNonNegative(Scope scope, Operand<TFloat32> input) {
    Ops tf = scope.tf();
    Operand<TFloat32> padded =
        tf.pad(input, tf.constant(new int[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}}), tf.constant(0f));
    return tf.nn.maxPool(
        padded, tf.constant(new int[] {1, 3, 3, 1}), tf.constant(new int[] {1, 2, 2, 1}), "VALID");
  }
}
