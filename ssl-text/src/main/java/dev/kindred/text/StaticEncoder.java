package dev.kindred.text;

import dev.kindred.nn.Initial;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import dev.kindred.nn.UnitLength;
import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unique;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A bag of vectors: each piece has one, whatever is around it, and a text is their weighted mean,
 * {@code sum_i a_i w(i) t(i) / sum_i a_i |w(i)|}. The vectors {@code t} and the weights {@code w}
 * are trained; {@code a} is {@code 1 / sqrt(pieces of the word)}, so that a word counts alike
 * whether it is one piece or twenty, times {@code c ^ (repeats - 1)} for a piece that is in the
 * text {@code c} times, which all together then count {@code c ^ repeats}. No order, no context,
 * and a hundred times the speed of a transformer.
 *
 * <p>Some numbers of each vector may be left as they start, random: they tell words apart, and
 * leave it to the trained ones to say which words mean alike. Vectors of independent random numbers
 * are nearly orthogonal, so an encoder with nothing but such numbers is a bag of words in few
 * dimensions.
 *
 * @param weights the vocabulary, and the weights that training starts from
 * @param dimension the width of a vector
 * @param fixed how many of these numbers are never trained, {@code [0, dimension)}
 * @param share how much of the cosine of two texts the trained numbers make up where others are
 *     fixed, in {@code [0, 1]}
 * @param repeats in {@code [0, 1]}: 0 if what is there once says all, 1 if it counts each time
 * @param noise while training
 * @see <a href="https://openreview.net/forum?id=SyK00v5xx">Arora et al. 2017, A Simple but
 *     Tough-to-Beat Baseline for Sentence Embeddings</a>
 * @see <a href="https://arxiv.org/abs/1511.08198">Wieting et al. 2015, Towards Universal
 *     Paraphrastic Sentence Embeddings</a>
 */
public record StaticEncoder(
    PieceWeights weights,
    int dimension,
    int fixed,
    double share,
    double repeats,
    EmbeddingNoise noise)
    implements TextEncoder {
  /** Once says all: the best on the development set of STS-B, where 1 is 0.7 points lower. */
  public static final double DEFAULT_REPEATS = 0;

  private static final float NO_WEIGHT = 1e-6f;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public StaticEncoder {
    Require.atLeastOne("dimension", dimension);
    Require.that(fixed >= 0 && fixed < dimension, "fixed", "in [0, " + dimension + ")", fixed);
    Require.share("share", share);
    Require.share("repeats", repeats);
  }

  /** All numbers trained, repeated words as if they were there once, no noise. */
  public static StaticEncoder of(PieceWeights weights, int dimension) {
    return new StaticEncoder(weights, dimension, 0, 1, DEFAULT_REPEATS, EmbeddingNoise.NONE);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Tokens view) {
    Ops tf = scope.tf();
    Operand<TFloat32> importance =
        scope.parameter(
            "weights",
            Shape.of(weights.size()),
            seed -> Initial.values(weights.values()),
            Parameter.Role.BIAS_OR_NORM);
    Operand<TFloat32> weight =
        tf.math.mul(counts(tf, view), tf.gather(importance, view.ids(), tf.constant(0)));
    Operand<TFloat32> trained =
        mean(scope, view, weight, trainedTable(scope, dimension - fixed), noise);
    if (fixed == 0) {
      return trained;
    }
    Operand<TFloat32> random = mean(scope, view, weight, randomTable(scope), EmbeddingNoise.NONE);
    return tf.concat(
        List.of(scaled(tf, random, 1 - share), scaled(tf, trained, share)), tf.constant(1));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "static");
    settings.put("vocabulary", weights.size());
    settings.put("dimension", dimension);
    settings.put("fixed", fixed);
    settings.put("share", share);
    settings.put("repeats", repeats);
    settings.put("weights", weights.settings());
    settings.put("noise", noise.settings());
    return settings;
  }

  private Operand<TFloat32> trainedTable(Scope scope, int width) {
    return scope.parameter(
        "vectors",
        Shape.of(weights.size(), width),
        seed -> Initial.normal(1 / Math.sqrt(width), seed),
        Parameter.Role.WEIGHT);
  }

  private Operand<TFloat32> randomTable(Scope scope) {
    return scope
        .statistic(
            "random",
            Shape.of(weights.size(), fixed),
            seed -> Initial.normal(1 / Math.sqrt(fixed), seed))
        .value();
  }

  private static Operand<TFloat32> mean(
      Scope scope,
      Tokens view,
      Operand<TFloat32> weight,
      Operand<TFloat32> table,
      EmbeddingNoise noise) {
    Ops tf = scope.tf();
    if (!noise.equals(EmbeddingNoise.NONE)) {
      Operand<TFloat32> all = tf.gather(table, view.ids(), tf.constant(0));
      return TokenPooling.WEIGHTED_MEAN.apply(tf, noise.apply(scope, all), weight);
    }
    return meanOfPresent(tf, view, weight, table);
  }

  /**
   * The same without touching the vectors of the padding, and to the last bit whatever its width.
   */
  private static Operand<TFloat32> meanOfPresent(
      Ops tf, Tokens view, Operand<TFloat32> weight, Operand<TFloat32> table) {
    Operand<TInt64> places = tf.where(view.present(tf));
    Operand<TFloat32> vectors = tf.gather(table, tf.gatherNd(view.ids(), places), tf.constant(0));
    Operand<TFloat32> weights = tf.expandDims(tf.gatherNd(weight, places), tf.constant(1));
    Operand<TInt64> texts = tf.gather(places, tf.constant(0), tf.constant(1));
    Operand<TInt32> count = view.count(tf);
    Operand<TFloat32> sum = tf.math.unsortedSegmentSum(tf.math.mul(vectors, weights), texts, count);
    Operand<TFloat32> total = tf.math.unsortedSegmentSum(tf.math.abs(weights), texts, count);
    return tf.math.div(sum, tf.math.maximum(total, tf.constant(NO_WEIGHT)));
  }

  /** Rows of a length whose square is {@code square}. */
  private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> rows, double square) {
    return tf.math.mul(UnitLength.rows(tf, rows), tf.constant((float) Math.sqrt(square)));
  }

  /** What a piece counts, but for its weight: {@code [batch, width]}. */
  private Operand<TFloat32> counts(Ops tf, Tokens view) {
    Operand<TFloat32> word = perWord(tf, view);
    return repeats == 1 ? word : tf.math.mul(word, power(tf, repeated(tf, view), repeats - 1));
  }

  /**
   * A power to the last float's bit: those of floats may differ in it from place to place of a
   * tensor, and a text's vector would with them.
   */
  private static Operand<TFloat32> power(Ops tf, Operand<TFloat32> counts, double exponent) {
    Operand<TFloat64> power =
        tf.math.pow(tf.dtypes.cast(counts, TFloat64.class), tf.constant(exponent));
    return tf.dtypes.cast(power, TFloat32.class);
  }

  /** How many times the piece is in the text, at least 1: {@code [batch, width]}. */
  private Operand<TFloat32> repeated(Ops tf, Tokens view) {
    Operand<TInt64> texts =
        tf.expandDims(
            tf.dtypes.cast(tf.range(tf.constant(0), view.count(tf), tf.constant(1)), TInt64.class),
            tf.constant(1));
    Operand<TInt64> own =
        tf.math.add(
            tf.math.mul(texts, tf.constant((long) weights.size())),
            tf.dtypes.cast(view.ids(), TInt64.class));
    Unique<TInt64, TInt32> kinds = tf.unique(tf.reshape(own, tf.array(-1)), tf.array(0));
    Operand<TInt32> kind = tf.reshape(kinds.idx(), tf.shape(view.ids()));
    Operand<TFloat32> one = tf.dtypes.cast(view.real(tf), TFloat32.class);
    Operand<TFloat32> times = tf.math.unsortedSegmentSum(one, kind, tf.size(kinds.y()));
    return tf.math.maximum(tf.gather(times, kind, tf.constant(0)), tf.constant(1f));
  }

  /** {@code 1 / sqrt(pieces of the word)}, 0 for what is of no word: {@code [batch, width]}. */
  private static Operand<TFloat32> perWord(Ops tf, Tokens view) {
    Operand<TFloat32> one = tf.dtypes.cast(view.real(tf), TFloat32.class);
    Operand<TInt32> width = view.width(tf);
    Operand<TInt32> texts =
        tf.expandDims(tf.range(tf.constant(0), view.count(tf), tf.constant(1)), tf.constant(1));
    Operand<TInt32> slots =
        tf.math.add(tf.math.mul(texts, width), tf.math.maximum(view.words(), tf.constant(0)));
    Operand<TFloat32> pieces =
        tf.math.unsortedSegmentSum(one, slots, tf.math.mul(view.count(tf), width));
    Operand<TFloat32> own = tf.gather(pieces, slots, tf.constant(0));
    return tf.math.mul(one, power(tf, tf.math.maximum(own, tf.constant(1f)), -0.5));
  }
}
