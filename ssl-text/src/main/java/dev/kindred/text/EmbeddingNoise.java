package dev.kindred.text;

import dev.kindred.nn.Dropout;
import dev.kindred.nn.Scope;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What training does to the vectors of a text's pieces before a network sees them, so that two
 * views of one text differ.
 *
 * @param dropout the share of all numbers that are dropped (SimCSE), in {@code [0, 1)}
 * @param tokenCutoff the share of pieces whose whole vector is dropped (ConSERT), in {@code [0, 1)}
 * @param featureCutoff the share of numbers that are dropped from all vectors of a text at once
 *     (ConSERT), in {@code [0, 1)}
 * @see <a href="https://arxiv.org/abs/2104.08821">Gao et al. 2021, SimCSE</a>
 * @see <a href="https://arxiv.org/abs/2105.11741">Yan et al. 2021, ConSERT</a>
 */
public record EmbeddingNoise(double dropout, double tokenCutoff, double featureCutoff) {
  /** No noise. */
  public static final EmbeddingNoise NONE = new EmbeddingNoise(0, 0, 0);

  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public EmbeddingNoise {
    Require.decayRate("dropout", dropout);
    Require.decayRate("tokenCutoff", tokenCutoff);
    Require.decayRate("featureCutoff", featureCutoff);
  }

  /** Dropout alone. */
  public static EmbeddingNoise dropout(double rate) {
    return new EmbeddingNoise(rate, 0, 0);
  }

  /** The vectors, {@code [batch, width, dimension]}, with noise while training. */
  Operand<TFloat32> apply(Scope scope, Operand<TFloat32> vectors) {
    Operand<TFloat32> cut = cut(scope, "token_cutoff", tokenCutoff, vectors, 1);
    Operand<TFloat32> both = cut(scope, "feature_cutoff", featureCutoff, cut, 2);
    return new Dropout(dropout).apply(scope.child("noise"), both);
  }

  /** In JSON types. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("dropout", dropout);
    settings.put("tokenCutoff", tokenCutoff);
    settings.put("featureCutoff", featureCutoff);
    return settings;
  }

  /** Drops what one draw for each index of {@code axis} says. */
  private static Operand<TFloat32> cut(
      Scope scope, String name, double rate, Operand<TFloat32> vectors, int axis) {
    if (!scope.random() || rate == 0) {
      return vectors;
    }
    Ops tf = scope.tf();
    Operand<TInt32> one = tf.constant(1);
    Operand<TInt32> size = tf.gather(tf.shape(vectors), tf.constant(axis), tf.constant(0));
    Operand<TInt32> shape =
        tf.stack(
            axis == 1
                ? List.of(Rows.count(tf, vectors), size, one)
                : List.of(Rows.count(tf, vectors), one, size));
    Operand<TFloat32> stays =
        tf.dtypes.cast(
            tf.math.greaterEqual(scope.uniform(name, shape), tf.constant((float) rate)),
            TFloat32.class);
    return tf.math.mul(vectors, stays);
  }
}
