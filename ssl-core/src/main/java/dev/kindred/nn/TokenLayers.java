package dev.kindred.nn;

import dev.kindred.runtime.Rows;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Zeros;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What layers of transformers share. */
final class TokenLayers {
  private TokenLayers() {}

  /**
   * A fully connected layer with a bias at every token: {@code [batch, tokens, n]} to {@code
   * [batch, tokens, units]}. Parameters: {@code kernel}, {@code bias}.
   */
  static Operand<TFloat32> linear(Scope scope, Operand<TFloat32> input, int units) {
    Ops tf = scope.tf();
    int width = Math.toIntExact(Checks.lastDimension(scope, input));
    Operand<TFloat32> kernel =
        scope.parameter("kernel", Shape.of(width, units), Initial::token, Parameter.Role.WEIGHT);
    Operand<TFloat32> bias =
        scope.parameter(
            "bias", Shape.of(units), seed -> new Zeros<>(), Parameter.Role.BIAS_OR_NORM);
    Operand<TFloat32> rows = tf.reshape(input, tf.array(-1, width));
    Operand<TFloat32> products = tf.nn.biasAdd(tf.linalg.matMul(rows, kernel), bias);
    return tf.reshape(products, shape(tf, input, units));
  }

  /** The first two dimensions of {@code input}, known to the graph or not, then {@code rest}. */
  static Operand<TInt32> shape(Ops tf, Operand<TFloat32> input, int... rest) {
    long tokens = input.shape().get(1);
    boolean known = tokens != Shape.UNKNOWN_SIZE;
    List<Operand<TInt32>> sizes = new ArrayList<>();
    sizes.add(known ? tf.constant(-1) : Rows.count(tf, input));
    sizes.add(
        known
            ? tf.constant(Math.toIntExact(tokens))
            : tf.gather(tf.shape(input), tf.constant(1), tf.constant(0)));
    for (int size : rest) {
      sizes.add(tf.constant(size));
    }
    return tf.stack(sizes);
  }
}
