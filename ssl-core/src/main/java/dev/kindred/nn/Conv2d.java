package dev.kindred.nn;

import dev.kindred.runtime.Require;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A convolution without bias of images {@code [batch, height, width, channels]}. As in
 * torchvision's networks, the input is padded by {@code (size - 1) / 2} zeros on every side, so
 * that weights made there mean the same here; TensorFlow's own {@code SAME} pads stride-2
 * convolutions unevenly. Its parameter is {@code kernel} {@code [size, size, channels, filters]}
 * ({@link Initial#uniform}).
 *
 * @param filters the number of output channels, {@code > 0}
 * @param size the kernel's height and width, odd
 * @param stride the step between outputs, {@code > 0}
 */
public record Conv2d(int filters, int size, int stride) implements Block {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is not positive, or {@code size} is even
   */
  public Conv2d {
    Require.atLeastOne("filters", filters);
    Require.atLeastOne("size", size);
    Require.atLeastOne("stride", stride);
    if (size % 2 == 0) {
      throw new IllegalArgumentException("size must be odd, was " + size);
    }
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    return convolve(scope.tf(), input, kernel(scope, input));
  }

  /** The kernel below {@code scope}, for inputs like {@code input}. */
  Operand<TFloat32> kernel(Scope scope, Operand<TFloat32> input) {
    long channels = Checks.lastDimension(scope, input);
    return scope.parameter(
        "kernel",
        Shape.of(size, size, channels, filters),
        seed -> Initial.he((long) size * size * filters, seed),
        Parameter.Role.WEIGHT);
  }

  /** Convolves with a kernel that is given. */
  Operand<TFloat32> convolve(Ops tf, Operand<TFloat32> input, Operand<TFloat32> kernel) {
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    if (stride == 1 || size == 1) {
      return tf.nn.conv2d(input, kernel, strides, "SAME");
    }
    // TensorFlow has no gradient for explicit paddings of the convolution itself.
    int pad = (size - 1) / 2;
    Operand<TFloat32> padded =
        tf.pad(
            input,
            tf.constant(new int[][] {{0, 0}, {pad, pad}, {pad, pad}, {0, 0}}),
            tf.constant(0f));
    return tf.nn.conv2d(padded, kernel, strides, "VALID");
  }
}
