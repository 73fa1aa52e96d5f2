package dev.kindred.nn;

import dev.kindred.runtime.Require;
import dev.kindred.runtime.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A block of a transformer's encoder, of {@code [batch, tokens, width]}: attention, then a network
 * of two layers at every token, each added to its input. Parameters are those of timm's blocks:
 * {@code norm1}, {@code attn/qkv}, {@code attn/proj}, {@code norm2}, {@code mlp/fc1}, {@code
 * mlp/fc2}.
 *
 * @param heads the number of attention heads, a divisor of the width
 * @param mlpWidth the width of the hidden layer
 * @param order where the normalisations are
 * @param epsilon of the normalisations, {@code > 0}
 * @param stochasticDepth the probability, in {@code [0, 1)}, that a part is left out for an example
 *     while training; it counts {@code 1 / (1 - stochasticDepth)} where it stays
 * @param dropout of the attention's weights and of each part's output while training, in {@code [0,
 *     1)}
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, Attention Is All You
 *     Need</a>
 * @see <a href="https://arxiv.org/abs/1603.09382">Huang et al. 2016, Deep Networks with Stochastic
 *     Depth</a>
 */
public record TransformerBlock(
    int heads, int mlpWidth, Order order, float epsilon, double stochasticDepth, double dropout)
    implements Block {
  /** Where the normalisations are. */
  public enum Order {
    /** {@code x + part(norm(x))}, as in vision transformers. */
    PRE_NORM,
    /** {@code norm(x + part(x))}, as in the first transformers and in BERT. */
    POST_NORM
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public TransformerBlock {
    Require.atLeastOne("heads", heads);
    Require.atLeastOne("mlpWidth", mlpWidth);
    Require.positive("epsilon", epsilon);
    Require.that(
        stochasticDepth >= 0 && stochasticDepth < 1,
        "stochasticDepth",
        "in [0, 1)",
        stochasticDepth);
    Require.that(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
  }

  /** A block of a vision transformer. */
  public static TransformerBlock vision(int heads, int mlpWidth, double stochasticDepth) {
    return new TransformerBlock(
        heads, mlpWidth, Order.PRE_NORM, LayerNorm.DEFAULT_EPSILON, stochasticDepth, 0);
  }

  /** {@inheritDoc} Every token looks at all. */
  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    return blocks(scope, input, null);
  }

  /** The same where there is padding, to which no token looks. */
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input, TokenContext context) {
    return blocks(scope, input, context);
  }

  private Operand<TFloat32> blocks(
      Scope scope, Operand<TFloat32> input, @Nullable TokenContext context) {
    Attention attention = new Attention(heads, new Dropout(dropout));
    Operand<TFloat32> attended =
        part(scope, "1", input, x -> attention.apply(scope.child("attn"), x, context));
    return part(scope, "2", attended, x -> mlp(scope.child("mlp"), x));
  }

  /** A piece of network whose parameters have their place. */
  @FunctionalInterface
  private interface Part {
    Operand<TFloat32> of(Operand<TFloat32> input);
  }

  private Operand<TFloat32> part(Scope scope, String number, Operand<TFloat32> input, Part part) {
    Block norm = new LayerNorm(epsilon).named("norm" + number);
    boolean first = order == Order.PRE_NORM;
    Operand<TFloat32> change = part.of(first ? norm.apply(scope, input) : input);
    Operand<TFloat32> dropped = new Dropout(dropout).apply(scope.child("part" + number), change);
    Operand<TFloat32> sum = residual(scope, "depth" + number, input, dropped);
    return first ? sum : norm.apply(scope, sum);
  }

  private Operand<TFloat32> mlp(Scope scope, Operand<TFloat32> input) {
    int width = Math.toIntExact(Checks.lastDimension(scope, input));
    Operand<TFloat32> hidden =
        Activations.gelu().apply(scope, TokenLayers.linear(scope.child("fc1"), input, mlpWidth));
    return TokenLayers.linear(scope.child("fc2"), hidden, width);
  }

  private Operand<TFloat32> residual(
      Scope scope, String name, Operand<TFloat32> input, Operand<TFloat32> change) {
    Ops tf = scope.tf();
    if (!scope.random() || stochasticDepth == 0) {
      return tf.math.add(input, change);
    }
    Operand<TFloat32> draw =
        scope.uniform(
            name, tf.stack(List.of(Rows.count(tf, input), tf.constant(1), tf.constant(1))));
    Operand<TFloat32> stays =
        tf.dtypes.cast(
            tf.math.greaterEqual(draw, tf.constant((float) stochasticDepth)), TFloat32.class);
    Operand<TFloat32> weight = tf.math.mul(stays, tf.constant((float) (1 / (1 - stochasticDepth))));
    return tf.math.add(input, tf.math.mul(change, weight));
  }
}
