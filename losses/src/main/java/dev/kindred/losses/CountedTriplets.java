package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * The hinge loss of all triplets of each anchor from sorted distances, without listing the
 * triplets.
 *
 * <ol>
 *   <li>The triplets (p, n) of one anchor that enter the sum have {@code d_an} in an interval that
 *       depends on {@code d_ap}: in the sorted negatives these are the ranks from lo_p up to hi_p.
 *   <li>So p is in {@code c_p = hi_p - lo_p} of them; and n, of rank r, in as many as there are
 *       positives with {@code lo_p <= r < hi_p}, which sorting all lo and all hi gives: c_n.
 *   <li>Each of them costs {@code d_ap - d_an + margin}, so their sum is {@code sum_p c_p (d_ap +
 *       margin) - sum_n c_n d_an}; the counts are constants to the gradient, which is therefore
 *       that of the sum over the triplets.
 * </ol>
 */
final class CountedTriplets {
  private final Triplet triplet;
  private final Ops tf;
  private final TripletMasks masks;

  CountedTriplets(Triplet triplet, Ops tf, Operand<TInt32> labels) {
    this.triplet = triplet;
    this.tf = tf;
    masks = TripletMasks.of(tf, labels, Sizes.indices(tf, labels));
  }

  /**
   * Ranks in each anchor's sorted negatives, for each of its positives.
   *
   * @param low the first that counts
   * @param high the first beyond
   */
  private record Ranks(Operand<TFloat64> low, Operand<TFloat64> high) {}

  Operand<TFloat64> loss(Operand<TFloat64> distances) {
    Operand<TFloat64> fixed = tf.stopGradient(distances);
    Operand<TFloat64> negatives =
        sorted(tf.select(masks.negative(), fixed, tf.constant(TripletMasks.FAR)));
    Operand<TFloat64> reach = tf.math.add(fixed, tf.constant(triplet.margin()));
    Ranks costly = costly(negatives, fixed, reach);
    Operand<TFloat64> positives = Scalars.ones(tf, fixed, masks.positive());
    Operand<TFloat64> perPositive =
        tf.math.mul(positives, tf.math.sub(costly.high(), costly.low()));
    Operand<TFloat64> perNegative =
        tf.math.mul(
            Scalars.ones(tf, fixed, masks.negative()), perNegative(costly, negatives, fixed));
    Operand<TFloat64> wanted = tf.math.add(distances, tf.constant(triplet.margin()));
    Operand<TFloat64> sum =
        Scalars.total(
            tf,
            tf.math.sub(
                tf.math.mul(tf.stopGradient(perPositive), wanted),
                tf.math.mul(tf.stopGradient(perNegative), distances)));
    Operand<TFloat64> divisor =
        triplet.averaging() == Triplet.Averaging.VIOLATING
            ? violating(negatives, costly, reach, positives)
            : chosen(negatives, costly, fixed, reach, positives);
    return tf.math.div(sum, Scalars.divisor(tf, sum, tf.stopGradient(divisor)));
  }

  /** The chosen triplets with a loss of at least zero: those beyond the margin cost nothing. */
  private Ranks costly(
      Operand<TFloat64> negatives, Operand<TFloat64> near, Operand<TFloat64> reach) {
    Operand<TFloat64> none = tf.zerosLike(near);
    return switch (triplet.mining()) {
      case HARD -> new Ranks(none, upTo(negatives, near));
      case SEMI_HARD -> new Ranks(upTo(negatives, near), upTo(negatives, reach));
      case EASY -> new Ranks(none, none);
      default -> new Ranks(none, below(negatives, reach));
    };
  }

  private Operand<TFloat64> violating(
      Operand<TFloat64> negatives,
      Ranks costly,
      Operand<TFloat64> reach,
      Operand<TFloat64> positives) {
    Operand<TFloat64> high = tf.math.minimum(costly.high(), below(negatives, reach));
    Operand<TFloat64> count = tf.math.maximum(tf.math.sub(high, costly.low()), tf.zerosLike(high));
    return Scalars.total(tf, tf.math.mul(positives, count));
  }

  private Operand<TFloat64> chosen(
      Operand<TFloat64> negatives,
      Ranks costly,
      Operand<TFloat64> near,
      Operand<TFloat64> reach,
      Operand<TFloat64> positives) {
    Operand<TFloat64> all =
        tf.math.add(tf.zerosLike(near), tf.expandDims(count(masks.negative()), tf.constant(1)));
    Operand<TFloat64> count =
        switch (triplet.mining()) {
          case ALL -> all;
          case EASY -> tf.math.sub(all, upTo(negatives, reach));
          default -> tf.math.sub(costly.high(), costly.low());
        };
    return Scalars.total(tf, tf.math.mul(positives, count));
  }

  /** For each negative, the positives whose ranks hold it. */
  private Operand<TFloat64> perNegative(
      Ranks ranks, Operand<TFloat64> negatives, Operand<TFloat64> distances) {
    Operand<TFloat64> rank = below(negatives, distances);
    return tf.math.sub(
        upTo(sortedOfPositives(ranks.low()), rank), upTo(sortedOfPositives(ranks.high()), rank));
  }

  private Operand<TFloat64> sortedOfPositives(Operand<TFloat64> values) {
    return sorted(tf.select(masks.positive(), values, tf.constant(TripletMasks.FAR)));
  }

  /** How many of each row of {@code sorted} are below each of {@code values}. */
  private Operand<TFloat64> below(Operand<TFloat64> sorted, Operand<TFloat64> values) {
    return tf.dtypes.cast(tf.lowerBound(sorted, values), TFloat64.class);
  }

  /** How many of each row of {@code sorted} are at most each of {@code values}. */
  private Operand<TFloat64> upTo(Operand<TFloat64> sorted, Operand<TFloat64> values) {
    return tf.dtypes.cast(tf.upperBound(sorted, values), TFloat64.class);
  }

  private Operand<TFloat64> sorted(Operand<TFloat64> rows) {
    Operand<TInt32> all = Sizes.rows(tf, rows);
    return tf.math.neg(tf.nn.topK(tf.math.neg(rows), all, TInt32.class).values());
  }

  private Operand<TFloat64> count(Operand<TBool> mask) {
    Operand<TFloat64> ones = tf.dtypes.cast(mask, TFloat64.class);
    return tf.reduceSum(ones, tf.constant(1));
  }
}
