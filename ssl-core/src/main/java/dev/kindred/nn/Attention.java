package dev.kindred.nn;

import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Self-attention of several heads, {@code softmax(q k' / sqrt(width of a head)) v} and a linear
 * layer, of {@code [batch, tokens, width]}. Parameters: {@code qkv}, {@code proj}.
 *
 * @param heads a divisor of the width
 * @param dropout of the attention's weights while training
 */
record Attention(int heads, Dropout dropout) {
  private static final int QUERY_KEY_VALUE = 3;

  /** What keeps a token out of a softmax. */
  private static final float NEVER = -1e9f;

  /**
   * Adds the attention to the graph.
   *
   * @param context which tokens may be looked at, and where they are; null for all, anywhere
   */
  Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input, @Nullable TokenContext context) {
    Ops tf = scope.tf();
    int width = Math.toIntExact(Checks.lastDimension(scope, input));
    Require.that(width % heads == 0, "width", "a multiple of %d heads".formatted(heads), width);
    int size = width / heads;
    Operand<TFloat32> all = TokenLayers.linear(scope.child("qkv"), input, QUERY_KEY_VALUE * width);
    Operand<TFloat32> split =
        tf.reshape(all, TokenLayers.shape(tf, input, QUERY_KEY_VALUE, heads, size));
    List<Operand<TFloat32>> parts =
        new ArrayList<>(
            tf.unstack(tf.linalg.transpose(split, tf.array(2, 0, 3, 1, 4)), (long) QUERY_KEY_VALUE)
                .output());
    if (context != null && context.rotary()) {
      parts.set(0, Rotary.turned(tf, parts.get(0), size));
      parts.set(1, Rotary.turned(tf, parts.get(1), size));
    }
    Operand<TFloat32> scale = tf.constant((float) (1 / Math.sqrt(size)));
    Operand<TFloat32> scores =
        tf.train.batchMatMul(
            tf.math.mul(parts.get(0), scale), parts.get(1), TFloat32.class, BatchMatMul.adjY(true));
    Operand<TFloat32> weights =
        dropout.apply(scope.child("weights"), softmax(tf, masked(tf, scores, context)));
    Operand<TFloat32> mixed = tf.train.batchMatMul(weights, parts.get(2), TFloat32.class);
    Operand<TFloat32> joined =
        tf.reshape(
            tf.linalg.transpose(mixed, tf.array(0, 2, 1, 3)), TokenLayers.shape(tf, input, width));
    return TokenLayers.linear(scope.child("proj"), joined, width);
  }

  private static Operand<TFloat32> masked(
      Ops tf, Operand<TFloat32> scores, @Nullable TokenContext context) {
    if (context == null) {
      return scores;
    }
    Operand<TInt32> one = tf.constant(1);
    Operand<TFloat32> padding = tf.expandDims(tf.expandDims(never(tf, context.mask()), one), one);
    Operand<TFloat32> seen = tf.math.add(scores, padding);
    return context.causal() ? tf.math.add(seen, later(tf, scores)) : seen;
  }

  /** What keeps each token from those behind it, {@code [tokens, tokens]}. */
  private static Operand<TFloat32> later(Ops tf, Operand<TFloat32> scores) {
    Operand<TInt32> square = tf.slice(tf.shape(scores), tf.array(2), tf.array(2));
    Operand<TFloat32> all = tf.fill(square, tf.constant(1f));
    return never(tf, tf.linalg.bandPart(all, tf.constant(-1), tf.constant(0)));
  }

  /** What is added to scores: nothing where {@code mask} is 1, and much where it is 0. */
  private static Operand<TFloat32> never(Ops tf, Operand<TFloat32> mask) {
    return tf.math.mul(tf.math.sub(tf.constant(1f), mask), tf.constant(NEVER));
  }

  /** TensorFlow's softmax takes any rank, but its gradient is fastest for matrices. */
  private static Operand<TFloat32> softmax(Ops tf, Operand<TFloat32> scores) {
    Operand<TInt32> shape = tf.shape(scores);
    Operand<TInt32> keys = tf.gather(shape, tf.constant(3), tf.constant(0));
    Operand<TFloat32> rows =
        tf.nn.softmax(tf.reshape(scores, tf.stack(List.of(tf.constant(-1), keys))));
    return tf.reshape(rows, shape);
  }
}
