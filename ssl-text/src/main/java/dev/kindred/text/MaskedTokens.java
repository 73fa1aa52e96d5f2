package dev.kindred.text;

import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.Objective;
import dev.kindred.nn.Scope;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.Require;
import dev.kindred.text.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * BERT's masked pieces beside another method: some pieces of the first view are hidden from the
 * encoder, which is to say what they are. Keeps the knowledge of single words that a loss of whole
 * texts alone may lose; SimCSE found 0.1 of it good for transfer and not for STS.
 *
 * <p>{@code loss = method's + weight * mean over the hidden pieces of -log p(piece)}. Of the pieces
 * of words, {@code rate} are hidden: 80 % behind the mask, 10 % behind a random piece, 10 % are
 * left as they are. The encoder must be a {@link TextTransformer}, whose piece vectors predict too
 * (tied embeddings); the head's own layer is thrown away after training. Reported as {@code
 * masked_loss}.
 *
 * @param method what else is trained by
 * @param mask the id of the piece that hides another
 * @param rate the share of pieces that are hidden, in {@code (0, 1]}
 * @param weight what this loss counts, {@code >= 0}
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al. 2018, BERT</a>
 */
public record MaskedTokens(Method method, int mask, double rate, double weight) implements Method {
  /** BERT's. */
  public static final double DEFAULT_RATE = 0.15;

  /** SimCSE's. */
  public static final double DEFAULT_WEIGHT = 0.1;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public MaskedTokens {
    PieceHiding.require(mask, rate);
    Require.atLeastZero("weight", weight);
  }

  /**
   * BERT's rate and SimCSE's weight.
   *
   * @throws IllegalArgumentException if the tokenizer has no piece that hides another
   */
  public static MaskedTokens beside(Method method, Tokenizer tokenizer) {
    int mask =
        tokenizer
            .mask()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "masked tokens need a tokenizer with a mask piece; use word-piece or"
                            + " byte-pairs"));
    return new MaskedTokens(method, mask, DEFAULT_RATE, DEFAULT_WEIGHT);
  }

  /** The same with another share of hidden pieces. */
  public MaskedTokens withRate(double value) {
    return new MaskedTokens(method, mask, value, weight);
  }

  /** The same, counting more or less beside the method. */
  public MaskedTokens withWeight(double value) {
    return new MaskedTokens(method, mask, rate, value);
  }

  @Override
  public int views() {
    return method.views();
  }

  @Override
  public boolean needsLabels() {
    return method.needsLabels();
  }

  @Override
  public void requireBatch(int batchSize) {
    method.requireBatch(batchSize);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    PieceLevel pieces = PieceLevel.of("masked-tokens", scope, views);
    Objective objective = method.build(scope, views);
    Operand<TFloat32> masked = loss(scope, pieces);
    Ops tf = scope.tf();
    Operand<TFloat32> added = tf.math.mul(masked, tf.constant((float) weight));
    return new Objective(tf.math.add(objective.loss(), added), objective.metrics())
        .metric("masked_loss", masked);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "masked-tokens");
    settings.put("method", method.settings());
    settings.put("mask", mask);
    settings.put("rate", rate);
    settings.put("weight", weight);
    return Json.plain(settings);
  }

  private Operand<TFloat32> loss(MethodScope<?> method, PieceLevel pieces) {
    Scope scope = method.branch(ONLINE).child("masked");
    Tokens whole = pieces.views().get(0);
    PieceHiding hiding = new PieceHiding(mask, rate, pieces.encoder().weights().size());
    PieceHiding.Hidden hidden = hiding.apply(scope, whole);
    return new PiecePrediction(scope, pieces.vocabulary(), pieces.encoder().epsilon())
        .loss(method::mean, pieces.vectors(hidden.tokens()), whole.ids(), hidden.where());
  }
}
