package dev.kindred.rl.method;

import dev.kindred.nn.Block;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The left half of a learned bilinear form, {@code x W}. Its parameter is {@code kernel}, uniform
 * in {@code [0, 1)} as in CURL's and ATC's code.
 */
record Bilinear(int width) implements Block {
  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    Operand<TFloat32> kernel =
        scope.parameter(
            "kernel",
            Shape.of(width, width),
            seed ->
                (tf, shape, type) ->
                    tf.random.statelessRandomUniform(
                        shape, tf.constant(new long[] {seed, 0}), TFloat32.class),
            Parameter.Role.WEIGHT);
    return scope.tf().linalg.matMul(input, kernel);
  }
}
