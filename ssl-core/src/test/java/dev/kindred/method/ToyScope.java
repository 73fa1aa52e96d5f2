package dev.kindred.method;

import dev.kindred.nn.Dense;
import dev.kindred.nn.Network;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The scope of a method over rows of numbers, and networks that are nearly nothing. */
final class ToyScope {
  private ToyScope() {}

  /** The rows themselves, {@code width} wide. */
  record Rows(int dimension) implements TensorEncoder {
    @Override
    public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
      return view;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of();
    }
  }

  /** One matrix. */
  record Linear(int dimension) implements TensorEncoder {
    @Override
    public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
      return Dense.of(dimension).apply(scope, view);
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of();
    }
  }

  static MethodScope<Operand<TFloat32>> of(Network network, TensorEncoder encoder, int... labels) {
    Ops tf = network.scope().tf();
    return new MethodScope<>(
        network.scope(),
        encoder,
        tf.constant(0f),
        tf.constant(labels),
        view -> {
          throw new IllegalArgumentException("these views cannot be blended");
        });
  }
}
