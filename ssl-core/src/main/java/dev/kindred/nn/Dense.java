package dev.kindred.nn;

import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Zeros;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A fully connected layer, {@code x W + b}: {@code [batch, n]} to {@code [batch, units]}. Its
 * parameters are {@code kernel} {@code [n, units]} ({@link Initial#uniform}) and {@code bias}
 * (zero).
 *
 * @param units the width of the output, {@code > 0}
 * @param bias whether there is a bias; leave it out before a batch normalisation, which has its own
 */
public record Dense(int units, boolean bias) implements Block {
  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException if {@code units < 1}
   */
  public Dense {
    Require.atLeastOne("units", units);
  }

  /** A layer without bias. */
  public static Dense of(int units) {
    return new Dense(units, false);
  }

  /** The same layer with a bias. */
  public Dense withBias() {
    return new Dense(units, true);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    long width = Checks.lastDimension(scope, input);
    Operand<TFloat32> kernel =
        scope.parameter(
            "kernel",
            Shape.of(width, units),
            seed -> Initial.uniform(width, seed),
            Parameter.Role.WEIGHT);
    Operand<TFloat32> product = scope.tf().linalg.matMul(input, kernel);
    return bias ? addBias(scope, product) : product;
  }

  private Operand<TFloat32> addBias(Scope scope, Operand<TFloat32> product) {
    Operand<TFloat32> offset =
        scope.parameter(
            "bias", Shape.of(units), seed -> new Zeros<>(), Parameter.Role.BIAS_OR_NORM);
    return scope.tf().nn.biasAdd(product, offset);
  }
}
