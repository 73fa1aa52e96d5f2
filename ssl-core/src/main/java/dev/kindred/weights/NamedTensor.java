package dev.kindred.weights;

import java.util.Arrays;

/**
 * An array of floats with a name and a shape. It is not a TensorFlow tensor: there is nothing to
 * close.
 *
 * <p>The arrays are not copied, neither here nor by the accessors; whoever changes them changes the
 * tensor. {@link #equals} compares them by identity.
 *
 * @param name any text, such as {@code layer1.0.conv1.weight}
 * @param shape the dimensions, outermost first; empty for a scalar
 * @param values all values in row-major (C) order
 */
public record NamedTensor(String name, long[] shape, float[] values) {
  /**
   * Takes the arrays as they are.
   *
   * @throws IllegalArgumentException if a dimension is negative, or their product is not the number
   *     of values
   */
  public NamedTensor {
    if (size(shape) != values.length) {
      throw new IllegalArgumentException(
          "%s: the product of the shape must be the number of values, was %s for %d values"
              .formatted(name, Arrays.toString(shape), values.length));
    }
  }

  /** The product of the dimensions; -1 where one is negative or a {@code long} cannot hold it. */
  static long size(long[] shape) {
    if (Arrays.stream(shape).anyMatch(dimension -> dimension < 0)) {
      return -1;
    }
    try {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    } catch (ArithmeticException e) {
      return -1;
    }
  }
}
