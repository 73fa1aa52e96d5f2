package dev.kindred.rl;

import dev.kindred.nn.Dense;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * All pixels of a stack through one matrix: untrained, what raw pixels are worth at the width of a
 * representation.
 *
 * @param dimension the width of the representation
 */
record PixelProjection(int dimension) implements TensorEncoder {
  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
    Shape shape = view.shape();
    int pixels = Math.toIntExact(shape.get(1) * shape.get(2) * shape.get(3));
    return Dense.of(dimension).apply(scope, scope.tf().reshape(view, scope.tf().array(-1, pixels)));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "pixel-projection", "dimension", dimension);
  }
}
