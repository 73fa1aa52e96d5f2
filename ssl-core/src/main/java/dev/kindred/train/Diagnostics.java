package dev.kindred.train;

import dev.kindred.losses.Alignment;
import dev.kindred.losses.Similarity;
import dev.kindred.losses.Uniformity;
import dev.kindred.nn.UnitLength;
import dev.kindred.runtime.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Svd;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * What tells, without labels, whether representations are worth something, of one batch:
 *
 * <ul>
 *   <li>{@code feature_std}: the standard deviation of a feature of the normalised rows, mean over
 *       the features, times the root of their number: 0 where all rows are equal, 1 where they are
 *       spread evenly (Chen and He 2020, figure 2);
 *   <li>{@code effective_rank}: RankMe, the exponential of the entropy of the normalised singular
 *       values, from 1 to the width (Garrido et al. 2022, arXiv:2210.02885);
 *   <li>{@code alignment} and {@code uniformity} of two views (Wang and Isola 2020);
 *   <li>{@code contrastive_accuracy}: the share of first views that are closer, by cosine, to their
 *       own second view than to any other;
 *   <li>{@code projection_std} and {@code projection_rank}: the first two, of the projections that
 *       the loss compares. These collapse first: batch normalisation spreads what is before them.
 * </ul>
 */
final class Diagnostics {
  static final String FEATURE_STD = "feature_std";
  static final String EFFECTIVE_RANK = "effective_rank";
  static final String PROJECTION_STD = "projection_std";
  static final String PROJECTION_RANK = "projection_rank";

  private static final float TINY = 1e-12f;

  private Diagnostics() {}

  /**
   * Adds them to the graph.
   *
   * @param views representations {@code [batch, dimension]} of views, of which the first two count;
   *     where there are fewer, so are the diagnostics
   * @param projections of views, of which the first counts
   */
  static Map<String, Operand<TFloat32>> of(
      Ops tf, List<Operand<TFloat32>> views, List<Operand<TFloat32>> projections) {
    Map<String, Operand<TFloat32>> all = new LinkedHashMap<>();
    if (!views.isEmpty()) {
      Operand<TFloat32> first = finite(tf, views.get(0));
      all.put(FEATURE_STD, spread(tf, first));
      all.put(EFFECTIVE_RANK, effectiveRank(tf, first));
      if (views.size() > 1) {
        Operand<TFloat32> second = finite(tf, views.get(1));
        all.put("alignment", Alignment.standard().of(tf, first, second));
        all.put("uniformity", Uniformity.standard().of(tf, first));
        all.put("contrastive_accuracy", accuracy(tf, first, second));
      }
    }
    if (!projections.isEmpty()) {
      Operand<TFloat32> projection = finite(tf, projections.get(0));
      all.put(PROJECTION_STD, spread(tf, projection));
      all.put(PROJECTION_RANK, effectiveRank(tf, projection));
    }
    return all;
  }

  private static Operand<TFloat32> spread(Ops tf, Operand<TFloat32> rows) {
    Operand<TFloat32> unit = UnitLength.rows(tf, rows);
    Operand<TFloat32> centred =
        tf.math.sub(unit, tf.math.mean(unit, tf.constant(0), Mean.keepDims(true)));
    Operand<TFloat32> deviations =
        tf.math.sqrt(tf.math.mean(tf.math.square(centred), tf.constant(0)));
    float root = (float) Math.sqrt(rows.shape().get(-1));
    return tf.math.mul(tf.math.mean(deviations, tf.constant(0)), tf.constant(root));
  }

  private static Operand<TFloat32> effectiveRank(Ops tf, Operand<TFloat32> rows) {
    Operand<TFloat32> values = tf.linalg.svd(rows, Svd.computeUv(false)).s();
    Operand<TFloat32> sum =
        tf.math.maximum(tf.reduceSum(values, tf.constant(0)), tf.constant(TINY));
    Operand<TFloat32> shares = tf.math.div(values, sum);
    Operand<TFloat32> logs = tf.math.log(tf.math.maximum(shares, tf.constant(TINY)));
    return tf.math.exp(tf.math.neg(tf.reduceSum(tf.math.mul(shares, logs), tf.constant(0))));
  }

  private static Operand<TFloat32> accuracy(
      Ops tf, Operand<TFloat32> first, Operand<TFloat32> second) {
    Operand<TFloat32> similarity = Similarity.COSINE.matrix(tf, first, second);
    Operand<TInt64> nearest = tf.math.argMax(similarity, tf.constant(1));
    Operand<TInt32> rows = Rows.count(tf, first);
    Operand<TInt64> own =
        tf.dtypes.cast(tf.range(tf.constant(0), rows, tf.constant(1)), TInt64.class);
    Operand<TFloat32> right = tf.dtypes.cast(tf.math.equal(nearest, own), TFloat32.class);
    return tf.math.mean(right, tf.constant(0));
  }

  /** The singular values of what is not finite may never be found. */
  private static Operand<TFloat32> finite(Ops tf, Operand<TFloat32> rows) {
    return tf.select(tf.math.isFinite(rows), rows, tf.constant(0f));
  }
}
