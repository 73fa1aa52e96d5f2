package dev.kindred.losses;

import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/** The checks that losses share; each message names the argument, the rule and the value. */
final class Arguments {
  private Arguments() {}

  static void require(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s, was %s".formatted(name, rule, value));
    }
  }

  static void requireTemperature(double temperature) {
    requirePositive("temperature", temperature);
  }

  static void requirePositive(String name, double value) {
    require(value > 0 && Double.isFinite(value), name, "finite and > 0", value);
  }

  static void requireAtLeastZero(String name, double value) {
    require(value >= 0 && Double.isFinite(value), name, "finite and >= 0", value);
  }

  static void requireAtLeastOne(String name, int value) {
    require(value >= 1, name, ">= 1", value);
  }

  /** Two matrices of one shape, as far as the graph knows their dimensions. */
  static void requireSameShape(String nameA, Operand<?> a, String nameB, Operand<?> b) {
    requireMatrix(nameA, a);
    requireMatrix(nameB, b);
    if (!fits(a.shape(), b.shape(), 0) || !fits(a.shape(), b.shape(), 1)) {
      throw new IllegalArgumentException(
          "%s and %s must be [batch, dim] of equal shape, were %s and %s"
              .formatted(nameA, nameB, a.shape(), b.shape()));
    }
  }

  /** Matrices of one shape each. */
  static void requireSameShapes(String name, List<? extends Operand<?>> all) {
    for (Operand<?> one : all) {
      requireMatrix(name, one);
      if (!fits(all.get(0).shape(), one.shape(), 0) || !fits(all.get(0).shape(), one.shape(), 1)) {
        throw new IllegalArgumentException(
            "%s must be [batch, dim] of equal shape, were %s"
                .formatted(
                    name,
                    all.stream().map(x -> x.shape().toString()).collect(Collectors.joining(", "))));
      }
    }
  }

  /** Two matrices of one width. */
  static void requireSameWidth(String nameA, Operand<?> a, String nameB, Operand<?> b) {
    requireMatrix(nameA, a);
    requireMatrix(nameB, b);
    if (!fits(a.shape(), b.shape(), 1)) {
      throw new IllegalArgumentException(
          "%s must be as wide as %s, were %s and %s".formatted(nameB, nameA, b.shape(), a.shape()));
    }
  }

  /** A vector with one number for each row of a matrix. */
  static void requireOneEach(String nameA, Operand<?> a, String nameB, Operand<?> vector) {
    requireMatrix(nameA, a);
    Shape shape = vector.shape();
    if (!shape.isUnknown() && (shape.numDimensions() != 1 || !fits(a.shape(), shape, 0))) {
      throw new IllegalArgumentException(
          "%s must be [batch], one for each row of %s, was %s for %s"
              .formatted(nameB, nameA, shape, a.shape()));
    }
  }

  /** A vector with one number for each column of a matrix. */
  static void requireWidth(String nameA, Operand<?> a, String nameB, Operand<?> vector) {
    requireMatrix(nameA, a);
    Shape shape = vector.shape();
    if (!shape.isUnknown()
        && (shape.numDimensions() != 1
            || !(a.shape().isUnknown() || fits(a.shape().get(1), shape.get(0))))) {
      throw new IllegalArgumentException(
          "%s must be one number for each column of %s, was %s for %s"
              .formatted(nameB, nameA, shape, a.shape()));
    }
  }

  static void requireMatrix(String name, Operand<?> operand) {
    Shape shape = operand.shape();
    if (!shape.isUnknown() && shape.numDimensions() != 2) {
      throw new IllegalArgumentException("%s must be [batch, dim], was %s".formatted(name, shape));
    }
  }

  private static boolean fits(Shape a, Shape b, int dimension) {
    return a.isUnknown() || b.isUnknown() || fits(a.get(dimension), b.get(dimension));
  }

  private static boolean fits(long a, long b) {
    return a == b || a == Shape.UNKNOWN_SIZE || b == Shape.UNKNOWN_SIZE;
  }
}
