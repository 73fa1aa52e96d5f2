package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * The cross-entropy of one positive against many negatives, which every softmax contrastive loss
 * is.
 *
 * <p>For an anchor with positive logit p and negative logits n_k the loss is {@code log(1 + sum_k
 * exp(n_k - p))}. It is computed from the differences d_k = n_k - p, so that a loss near zero keeps
 * its relative precision, which {@code logsumexp - p} loses at low temperatures:
 *
 * <ol>
 *   <li>m = max(0, max_k d_k), held constant: the value does not depend on it.
 *   <li>S = sum_k exp(d_k - m), every term at most 1.
 *   <li>loss = m + log1p(expm1(-m) + S).
 * </ol>
 */
final class Contrast {
  /** What a masked logit becomes: finite, so that its product with zero is zero. */
  private static final double MASKED = -1e30;

  private Contrast() {}

  /**
   * The loss of each anchor.
   *
   * @param positives the positive logits {@code [n]}
   * @param logits all logits {@code [n, m]}
   * @param negative which of {@code logits} are negatives, {@code [n, m]}; a row may have none, and
   *     its loss is then exactly 0 with gradient 0
   * @return {@code [n]}
   */
  static <T extends TFloating> Operand<T> losses(
      Ops tf, Operand<T> positives, Operand<T> logits, Operand<TBool> negative) {
    Operand<T> difference = tf.math.sub(logits, tf.expandDims(positives, tf.constant(1)));
    Operand<T> masked = tf.select(negative, difference, Scalars.of(tf, logits, MASKED));
    Operand<T> greatest = greatest(tf, masked);
    Operand<T> sum =
        tf.reduceSum(
            tf.math.exp(tf.math.sub(masked, greatest)), tf.constant(1), ReduceSum.keepDims(false));
    Operand<T> shift = tf.squeeze(greatest, Squeeze.axis(List.of(1L)));
    return tf.math.add(shift, tf.math.log1p(tf.math.add(tf.math.expm1(tf.math.neg(shift)), sum)));
  }

  private static <T extends TFloating> Operand<T> greatest(Ops tf, Operand<T> masked) {
    Operand<T> largest = tf.reduceMax(masked, tf.constant(1), ReduceMax.keepDims(true));
    return tf.stopGradient(tf.math.maximum(largest, Scalars.of(tf, masked, 0)));
  }

  /**
   * {@code log sum exp} of the logits that count, row by row; of a row without any exactly 0, with
   * gradient 0.
   *
   * @param logits {@code [n, m]}
   * @param counts which of them count {@code [n, m]}
   * @return {@code [n]}
   */
  static <T extends TFloating> Operand<T> logSumExp(
      Ops tf, Operand<T> logits, Operand<TBool> counts) {
    Operand<TBool> some = tf.reduceAny(counts, tf.constant(1));
    Operand<T> masked = tf.select(counts, logits, Scalars.of(tf, logits, MASKED));
    Operand<T> greatest =
        tf.stopGradient(tf.reduceMax(masked, tf.constant(1), ReduceMax.keepDims(true)));
    Operand<T> terms =
        tf.math.mul(tf.math.exp(tf.math.sub(masked, greatest)), Scalars.ones(tf, logits, counts));
    Operand<T> sum = tf.reduceSum(terms, tf.constant(1), ReduceSum.keepDims(false));
    Operand<T> logarithm = tf.math.log(tf.select(some, sum, Scalars.of(tf, sum, 1)));
    Operand<T> shift = tf.squeeze(greatest, Squeeze.axis(List.of(1L)));
    return tf.math.add(logarithm, tf.select(some, shift, Scalars.of(tf, shift, 0)));
  }
}
