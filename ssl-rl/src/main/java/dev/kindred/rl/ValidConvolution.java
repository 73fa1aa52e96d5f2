package dev.kindred.rl;

import dev.kindred.nn.Block;
import dev.kindred.nn.Initial;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Zeros;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A convolution without padding, with a bias unless what follows has its own. Its parameters are
 * {@code kernel} and {@code bias}.
 */
record ValidConvolution(int filters, int size, int stride, boolean bias) implements Block {
  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    long channels = input.shape().get(-1);
    Operand<TFloat32> kernel =
        scope.parameter(
            "kernel",
            Shape.of(size, size, channels, filters),
            seed -> Initial.normal(Math.sqrt(2.0 / (size * size * channels)), seed),
            Parameter.Role.WEIGHT);
    Operand<TFloat32> convolved =
        scope.tf().nn.conv2d(input, kernel, List.of(1L, (long) stride, (long) stride, 1L), "VALID");
    return bias ? addBias(scope, convolved) : convolved;
  }

  private Operand<TFloat32> addBias(Scope scope, Operand<TFloat32> convolved) {
    Operand<TFloat32> offsets =
        scope.parameter(
            "bias", Shape.of(filters), seed -> new Zeros<>(), Parameter.Role.BIAS_OR_NORM);
    return scope.tf().nn.biasAdd(convolved, offsets);
  }
}
