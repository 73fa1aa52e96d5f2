package dev.kindred.rl.agent;

import dev.kindred.nn.Activations;
import dev.kindred.nn.BatchNorm;
import dev.kindred.nn.Conv2d;
import dev.kindred.nn.Dense;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A small network of pictures, with statistics and all. */
record ConvEncoder(int dimension, boolean normalized) implements TensorEncoder {
  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
    Operand<TFloat32> maps = new Conv2d(4, 3, 2).apply(scope.child("conv"), view);
    Operand<TFloat32> bounded =
        Activations.relu()
            .apply(scope, normalized ? BatchNorm.create().apply(scope.child("bn"), maps) : maps);
    long size = bounded.shape().get(1) * bounded.shape().get(2) * bounded.shape().get(3);
    Operand<TFloat32> flat =
        scope.tf().reshape(bounded, scope.tf().constant(new long[] {-1, size}));
    return Dense.of(dimension).withBias().apply(scope.child("dense"), flat);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "conv");
  }
}
