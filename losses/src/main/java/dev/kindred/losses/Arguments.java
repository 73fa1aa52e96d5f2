package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/** The checks that losses share; each message names the argument, the rule and the value. */
final class Arguments {
  private Arguments() {}

  static float requireTemperature(float temperature) {
    if (!(temperature > 0) || Float.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature must be finite and > 0, was " + temperature);
    }
    return temperature;
  }

  /** Two matrices of one shape, as far as the graph knows their dimensions. */
  static void requireSameShape(String nameA, Operand<?> a, String nameB, Operand<?> b) {
    Shape shapeA = a.shape();
    Shape shapeB = b.shape();
    requireMatrix(nameA, shapeA);
    requireMatrix(nameB, shapeB);
    if (!compatible(shapeA, shapeB)) {
      throw new IllegalArgumentException(
          "%s and %s must be [batch, dim] of equal shape, were %s and %s"
              .formatted(nameA, nameB, shapeA, shapeB));
    }
  }

  private static void requireMatrix(String name, Shape shape) {
    if (!shape.isUnknown() && shape.numDimensions() != 2) {
      throw new IllegalArgumentException("%s must be [batch, dim], was %s".formatted(name, shape));
    }
  }

  private static boolean compatible(Shape a, Shape b) {
    return a.isUnknown() || b.isUnknown() || (fits(a.get(0), b.get(0)) && fits(a.get(1), b.get(1)));
  }

  private static boolean fits(long a, long b) {
    return a == b || a == Shape.UNKNOWN_SIZE || b == Shape.UNKNOWN_SIZE;
  }
}
