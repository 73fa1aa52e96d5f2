package dev.kindred.text;

import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.Objective;
import dev.kindred.nn.Dense;
import dev.kindred.nn.Dropout;
import dev.kindred.nn.Initial;
import dev.kindred.nn.LayerNorm;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TokenContext;
import dev.kindred.nn.TransformerBlock;
import dev.kindred.runtime.Require;
import dev.kindred.text.augment.TextAugmentation;
import dev.kindred.text.augment.WordDeletion;
import dev.kindred.text.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * TSDAE: a text that has lost most of its words becomes one vector, from which a small decoder is
 * to write the whole text again. For texts of a domain of their own, without pairs; needs no
 * negatives, so any batch size will do.
 *
 * <p>{@code loss = mean over the pieces of words of -log p(piece_t | pieces before t, vector)}. The
 * first view is the damaged text, the second the whole one: {@link #views(Tokenizer)}. The decoder
 * is a transformer of its own in which a piece looks only at those before it; it sees the encoder's
 * work through the vector alone, which a linear layer adds at every place before each block:
 * attention to a single vector is just that. Its piece vectors are the encoder's, which must be a
 * {@link TextTransformer} (tied embeddings); the rest of it is thrown away after training.
 *
 * @param depth the number of the decoder's blocks; one or two, for a strong decoder can do without
 *     the vector
 * @param heads the number of attention heads, a divisor of the encoder's dimension
 * @see <a href="https://arxiv.org/abs/2104.06979">Wang et al. 2021, TSDAE: Using Transformer-based
 *     Sequential Denoising Auto-Encoder for Unsupervised Sentence Embedding Learning</a>
 */
public record TsDae(int depth, int heads) implements Method {
  /** The paper's share of words that are deleted. */
  public static final double DELETION = 0.6;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public TsDae {
    Require.atLeastOne("depth", depth);
    Require.atLeastOne("heads", heads);
  }

  /** One block of four heads. */
  public static TsDae defaults() {
    return new TsDae(1, 4);
  }

  /** A text without {@link #DELETION} of its words, and the text. */
  public static TextViews.Builder views(Tokenizer tokenizer) {
    return views(tokenizer, new WordDeletion(DELETION));
  }

  /** A text with other damages, and the text. */
  public static TextViews.Builder views(Tokenizer tokenizer, TextAugmentation... damages) {
    return TextViews.builder(tokenizer).view(damages).view();
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    PieceLevel pieces = PieceLevel.of("tsdae", scope, views);
    Operand<TFloat32> sentence = scope.encode(ONLINE, views.subList(0, 1)).get(0);
    Tokens text = pieces.views().get(1);
    Scope decoder = scope.branch(ONLINE).child("decoder");
    return Objective.of(
        new PiecePrediction(decoder, pieces.vocabulary(), pieces.encoder().epsilon())
            .loss(
                scope::mean,
                decoded(decoder, pieces, text, sentence),
                text.ids(),
                text.real(scope.tf())));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "tsdae");
    settings.put("depth", depth);
    settings.put("heads", heads);
    return settings;
  }

  /** What the decoder knows at each place before it sees the piece there. */
  private Operand<TFloat32> decoded(
      Scope scope, PieceLevel pieces, Tokens text, Operand<TFloat32> sentence) {
    TextTransformer encoder = pieces.encoder();
    TransformerBlock block =
        new TransformerBlock(
            heads, encoder.mlpWidth(), encoder.order(), encoder.epsilon(), 0, encoder.dropout());
    TokenContext context = new TokenContext(text.mask(scope.tf()), false, true);
    Operand<TFloat32> vectors = start(scope, pieces, text);
    for (int i = 0; i < depth; i++) {
      Scope own = scope.child("blocks/" + i);
      vectors = block.apply(own, told(own, vectors, sentence), context);
    }
    return encoder.order() == TransformerBlock.Order.PRE_NORM
        ? new LayerNorm(encoder.epsilon()).apply(scope.child("last"), vectors)
        : vectors;
  }

  /** The piece before each place, nothing before the first, and the place. */
  private static Operand<TFloat32> start(Scope scope, PieceLevel pieces, Tokens text) {
    Ops tf = scope.tf();
    TextTransformer encoder = pieces.encoder();
    Operand<TFloat32> all = tf.gather(pieces.vocabulary(), text.ids(), tf.constant(0));
    Operand<TFloat32> shifted =
        tf.slice(
            tf.pad(all, tf.constant(new int[][] {{0, 0}, {1, 0}, {0, 0}}), tf.constant(0f)),
            tf.array(0, 0, 0),
            tf.shape(all));
    Operand<TFloat32> places =
        scope.parameter(
            "position",
            Shape.of(encoder.length(), encoder.dimension()),
            Initial::token,
            Parameter.Role.WEIGHT);
    Operand<TFloat32> sum =
        tf.math.add(shifted, tf.gather(places, text.positions(tf), tf.constant(0)));
    return new Dropout(encoder.dropout()).apply(scope.child("start"), sum);
  }

  /** The vectors, each with what the text's vector says. */
  private static Operand<TFloat32> told(
      Scope scope, Operand<TFloat32> vectors, Operand<TFloat32> sentence) {
    int width = Math.toIntExact(sentence.shape().get(1));
    Operand<TFloat32> says = Dense.of(width).withBias().apply(scope.child("sentence"), sentence);
    return scope.tf().math.add(vectors, scope.tf().expandDims(says, scope.tf().constant(1)));
  }
}
