package dev.kindred.text;

import dev.kindred.nn.Dropout;
import dev.kindred.nn.Initial;
import dev.kindred.nn.LayerNorm;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TokenContext;
import dev.kindred.nn.TransformerBlock;
import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A transformer over the pieces of a text. {@link #bert} is BERT's: the sum of piece, position and
 * segment vectors is normalised, then come blocks that normalise after each part. Padding changes
 * nothing: a text in a batch of longer ones has the representation that it has alone.
 *
 * @param weights the vocabulary, and what {@link TokenPooling#WEIGHTED_MEAN} starts from
 * @param length the most pieces of a text, for learned positions
 * @param dimension the width of a piece's vector, a multiple of the heads
 * @param depth the number of blocks
 * @param heads the number of attention heads
 * @param mlpWidth the width of the blocks' hidden layers
 * @param order where the blocks normalise; before each part trains more easily from random values
 * @param positions how the network knows of order
 * @param epsilon of the normalisations
 * @param dropout in the blocks and of their input, while training
 * @param noise of the input beside that, while training
 * @param pooling what becomes of the pieces' vectors
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al. 2018, BERT</a>
 */
public record TextTransformer(
    PieceWeights weights,
    int length,
    int dimension,
    int depth,
    int heads,
    int mlpWidth,
    TransformerBlock.Order order,
    Positions positions,
    float epsilon,
    double dropout,
    EmbeddingNoise noise,
    TokenPooling pooling)
    implements TextEncoder {
  /** BERT's epsilon. */
  public static final float DEFAULT_EPSILON = 1e-12f;

  /** BERT's dropout, which is all that makes SimCSE's views differ. */
  public static final double DEFAULT_DROPOUT = 0.1;

  /** How much wider than the vectors BERT's hidden layers are. */
  public static final int MLP_RATIO = 4;

  /** The segments that BERT tells apart; a text is all the first. */
  static final int SEGMENTS = 2;

  /** How the network knows of order. */
  public enum Positions {
    /** A trained vector for each place. */
    LEARNED,
    /** Queries and keys turned by their place; nothing is trained. */
    ROTARY
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range, or two do not fit
   */
  public TextTransformer {
    Require.atLeastOne("length", length);
    Require.atLeastOne("depth", depth);
    Require.atLeastOne("heads", heads);
    Require.atLeastOne("mlpWidth", mlpWidth);
    Require.that(
        dimension >= 1 && dimension % heads == 0,
        "dimension",
        "a multiple of %d heads".formatted(heads),
        dimension);
    Require.that(
        positions != Positions.ROTARY || dimension / heads % 2 == 0,
        "dimension",
        "an even multiple of %d heads for rotary positions".formatted(heads),
        dimension);
    Require.positive("epsilon", epsilon);
    Require.decayRate("dropout", dropout);
  }

  /** BERT of this size, pooled by the mean. */
  public static TextTransformer bert(
      PieceWeights weights, int length, int dimension, int depth, int heads) {
    return new TextTransformer(
        weights,
        length,
        dimension,
        depth,
        heads,
        MLP_RATIO * dimension,
        TransformerBlock.Order.POST_NORM,
        Positions.LEARNED,
        DEFAULT_EPSILON,
        DEFAULT_DROPOUT,
        EmbeddingNoise.NONE,
        TokenPooling.MEAN);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Tokens view) {
    Ops tf = scope.tf();
    Operand<TFloat32> counted = tf.math.mul(view.mask(tf), importance(scope, view));
    return pooling.apply(tf, vectors(scope, view), counted);
  }

  /** The vectors of the pieces before they are pooled, {@code [batch, width, dimension]}. */
  Operand<TFloat32> vectors(Scope scope, Tokens view) {
    TokenContext context = new TokenContext(view.mask(scope.tf()), positions == Positions.ROTARY);
    Operand<TFloat32> vectors = embedded(scope, view);
    TransformerBlock block = new TransformerBlock(heads, mlpWidth, order, epsilon, 0, dropout);
    for (int i = 0; i < depth; i++) {
      vectors = block.apply(scope.child("blocks/" + i), vectors, context);
    }
    return order == TransformerBlock.Order.PRE_NORM
        ? new LayerNorm(epsilon).apply(scope.child("norm"), vectors)
        : vectors;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "transformer");
    settings.put("vocabulary", weights.size());
    settings.put("length", length);
    settings.put("dimension", dimension);
    settings.put("depth", depth);
    settings.put("heads", heads);
    settings.put("mlpWidth", mlpWidth);
    settings.put("order", order.name().toLowerCase(Locale.ROOT));
    settings.put("positions", positions.name().toLowerCase(Locale.ROOT));
    settings.put("epsilon", epsilon);
    settings.put("dropout", dropout);
    settings.put("noise", noise.settings());
    settings.put("pooling", pooling.label());
    if (pooling == TokenPooling.WEIGHTED_MEAN) {
      settings.put("weights", weights.settings());
    }
    return settings;
  }

  /** The vectors that the vocabulary starts as, {@code [pieces, dimension]}. */
  Operand<TFloat32> pieces(Scope scope) {
    return table(scope.child("embeddings"), "word", weights.size());
  }

  private Operand<TFloat32> embedded(Scope scope, Tokens view) {
    Ops tf = scope.tf();
    Scope embeddings = scope.child("embeddings");
    Operand<TFloat32> sum = tf.gather(pieces(scope), view.ids(), tf.constant(0));
    if (positions == Positions.LEARNED) {
      Operand<TFloat32> places =
          tf.gather(table(embeddings, "position", length), view.positions(tf), tf.constant(0));
      Operand<TFloat32> first =
          tf.slice(table(embeddings, "segment", SEGMENTS), tf.array(0, 0), tf.array(1, dimension));
      sum = tf.math.add(sum, tf.math.add(places, first));
    }
    Operand<TFloat32> start =
        order == TransformerBlock.Order.POST_NORM
            ? new LayerNorm(epsilon).apply(embeddings.child("norm"), sum)
            : sum;
    return new Dropout(dropout).apply(embeddings, noise.apply(embeddings, start));
  }

  private Operand<TFloat32> table(Scope scope, String name, int rows) {
    return scope.parameter(name, Shape.of(rows, dimension), Initial::token, Parameter.Role.WEIGHT);
  }

  /** What each piece counts, {@code [batch, width]}. */
  private Operand<TFloat32> importance(Scope scope, Tokens view) {
    Ops tf = scope.tf();
    if (pooling != TokenPooling.WEIGHTED_MEAN) {
      return tf.constant(1f);
    }
    Operand<TFloat32> all =
        scope.parameter(
            "weights",
            Shape.of(weights.size()),
            seed -> Initial.values(weights.values()),
            Parameter.Role.BIAS_OR_NORM);
    return tf.gather(all, view.ids(), tf.constant(0));
  }
}
