package dev.kindred.nn;

import dev.kindred.runtime.Require;
import dev.kindred.runtime.Rows;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Zeros;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * A block of a transformer's encoder, normalised before each part as in vision transformers: {@code
 * x + attention(norm(x))}, then {@code x + mlp(norm(x))}, of {@code [batch, tokens, width]}. While
 * training, each part is left out for an example with the probability {@code drop}, and counts
 * {@code 1 / (1 - drop)} where it stays (stochastic depth). Parameters are those of timm's blocks:
 * {@code norm1}, {@code attn/qkv}, {@code attn/proj}, {@code norm2}, {@code mlp/fc1}, {@code
 * mlp/fc2}.
 *
 * @param heads the number of attention heads, a divisor of the width
 * @param mlpWidth the width of the hidden layer
 * @param drop in {@code [0, 1)}
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2020, An Image is Worth 16x16
 *     Words</a>
 * @see <a href="https://arxiv.org/abs/1603.09382">Huang et al. 2016, Deep Networks with Stochastic
 *     Depth</a>
 */
public record TransformerBlock(int heads, int mlpWidth, double drop) implements Block {
  private static final int QUERY_KEY_VALUE = 3;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public TransformerBlock {
    Require.atLeastOne("heads", heads);
    Require.atLeastOne("mlpWidth", mlpWidth);
    Require.that(drop >= 0 && drop < 1, "drop", "in [0, 1)", drop);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    Block norm = LayerNorm.create();
    Operand<TFloat32> attended =
        attention(scope.child("attn"), norm.apply(scope.child("norm1"), input));
    Operand<TFloat32> between = residual(scope, "attention", input, attended);
    Operand<TFloat32> changed = mlp(scope.child("mlp"), norm.apply(scope.child("norm2"), between));
    return residual(scope, "mlp", between, changed);
  }

  /** {@code softmax(q k' / sqrt(width of a head)) v}, head by head, and a linear layer. */
  private Operand<TFloat32> attention(Scope scope, Operand<TFloat32> input) {
    Ops tf = scope.tf();
    int width = Math.toIntExact(Checks.lastDimension(scope, input));
    Require.that(width % heads == 0, "width", "a multiple of %d heads".formatted(heads), width);
    int tokens = Math.toIntExact(input.shape().get(1));
    Operand<TFloat32> all = linear(scope.child("qkv"), input, QUERY_KEY_VALUE * width);
    Operand<TFloat32> split =
        tf.reshape(all, tf.array(-1, tokens, QUERY_KEY_VALUE, heads, width / heads));
    var parts =
        tf.unstack(tf.linalg.transpose(split, tf.array(2, 0, 3, 1, 4)), (long) QUERY_KEY_VALUE)
            .output();
    Operand<TFloat32> scale = tf.constant((float) (1 / Math.sqrt(width / heads)));
    Operand<TFloat32> scores =
        tf.train.batchMatMul(
            tf.math.mul(parts.get(0), scale), parts.get(1), TFloat32.class, BatchMatMul.adjY(true));
    Operand<TFloat32> weights = softmax(tf, scores, tokens);
    Operand<TFloat32> mixed = tf.train.batchMatMul(weights, parts.get(2), TFloat32.class);
    Operand<TFloat32> joined =
        tf.reshape(tf.linalg.transpose(mixed, tf.array(0, 2, 1, 3)), tf.array(-1, tokens, width));
    return linear(scope.child("proj"), joined, width);
  }

  private Operand<TFloat32> mlp(Scope scope, Operand<TFloat32> input) {
    int width = Math.toIntExact(Checks.lastDimension(scope, input));
    Operand<TFloat32> hidden =
        Activations.gelu().apply(scope, linear(scope.child("fc1"), input, mlpWidth));
    return linear(scope.child("fc2"), hidden, width);
  }

  /** TensorFlow's softmax takes any rank, but its gradient is fastest for matrices. */
  private Operand<TFloat32> softmax(Ops tf, Operand<TFloat32> scores, int tokens) {
    Operand<TFloat32> rows = tf.nn.softmax(tf.reshape(scores, tf.array(-1, tokens)));
    return tf.reshape(rows, tf.array(-1, heads, tokens, tokens));
  }

  /** A fully connected layer with a bias at every token. */
  private static Operand<TFloat32> linear(Scope scope, Operand<TFloat32> input, int units) {
    Ops tf = scope.tf();
    int width = Math.toIntExact(Checks.lastDimension(scope, input));
    int tokens = Math.toIntExact(input.shape().get(1));
    Operand<TFloat32> kernel =
        scope.parameter("kernel", Shape.of(width, units), Initial::token, Parameter.Role.WEIGHT);
    Operand<TFloat32> bias =
        scope.parameter(
            "bias", Shape.of(units), seed -> new Zeros<>(), Parameter.Role.BIAS_OR_NORM);
    Operand<TFloat32> rows = tf.reshape(input, tf.array(-1, width));
    Operand<TFloat32> products = tf.nn.biasAdd(tf.linalg.matMul(rows, kernel), bias);
    return tf.reshape(products, tf.array(-1, tokens, units));
  }

  private Operand<TFloat32> residual(
      Scope scope, String name, Operand<TFloat32> input, Operand<TFloat32> change) {
    Ops tf = scope.tf();
    if (!scope.training() || drop == 0) {
      return tf.math.add(input, change);
    }
    Operand<TFloat32> draw =
        scope.uniform(
            name, tf.stack(List.of(Rows.count(tf, input), tf.constant(1), tf.constant(1))));
    Operand<TFloat32> stays =
        tf.dtypes.cast(tf.math.greaterEqual(draw, tf.constant((float) drop)), TFloat32.class);
    Operand<TFloat32> weight = tf.math.mul(stays, tf.constant((float) (1 / (1 - drop))));
    return tf.math.add(input, tf.math.mul(change, weight));
  }
}
