package dev.kindred.rl.method;

import dev.kindred.nn.Block;
import dev.kindred.nn.Initial;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The left half of a learned bilinear form, {@code x W}. Its parameter is {@code kernel}, which
 * starts as the identity divided by the root of the width: as the inner product that attention has,
 * so that two views of one observation are alike from the first step on. CURL's and ATC's code
 * starts with numbers uniform in {@code [0, 1)}, whose logits are as large as the width and teach
 * little for thousands of steps.
 */
record Bilinear(int width) implements Block {
  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    Operand<TFloat32> kernel =
        scope.parameter(
            "kernel",
            Shape.of(width, width),
            seed -> Initial.values(scaledIdentity()),
            Parameter.Role.WEIGHT);
    return scope.tf().linalg.matMul(input, kernel);
  }

  private float[] scaledIdentity() {
    float[] values = new float[width * width];
    for (int i = 0; i < width; i++) {
      values[i * width + i] = (float) (1 / Math.sqrt(width));
    }
    return values;
  }
}
