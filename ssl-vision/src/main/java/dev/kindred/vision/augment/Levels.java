package dev.kindred.vision.augment;

import dev.kindred.runtime.Rows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Changes of colours {@code [batch, 3, pixels]} seen as the 256 levels of a byte. */
final class Levels {
  static final int COUNT = 256;
  static final int HIGHEST = COUNT - 1;

  /**
   * What is added before rounding down. It is above one half because factors such as 0.73 make many
   * an exact half, and the last bit of a float must not decide which way that goes.
   */
  static final double ROUNDING = 0.501;

  private Levels() {}

  /** Rounds to levels and sets their lowest {@code bits} bits to 0. */
  static Operand<TFloat32> posterized(Ops tf, Operand<TFloat32> planes, int bits) {
    float step = 1 << bits;
    Operand<TFloat32> steps =
        tf.math.floor(tf.math.mul(rounded(tf, planes), tf.constant(1 / step)));
    return tf.math.mul(steps, tf.constant(step / HIGHEST));
  }

  /**
   * Stretches each channel of each image to the whole of {@code [0, 1]}; one that spans less than
   * half a level stays, for all that a stretch would show of it is the noise of rounding.
   */
  static Operand<TFloat32> stretched(Ops tf, Operand<TFloat32> planes) {
    Operand<TInt32> pixels = tf.constant(2);
    Operand<TFloat32> min = tf.reduceMin(planes, pixels, ReduceMin.keepDims(true));
    Operand<TFloat32> span =
        tf.math.sub(tf.reduceMax(planes, pixels, ReduceMax.keepDims(true)), min);
    Operand<TFloat32> halfLevel = tf.constant(0.5f / HIGHEST);
    return tf.select(
        tf.math.less(span, halfLevel),
        planes,
        tf.math.div(tf.math.sub(planes, min), tf.math.maximum(span, halfLevel)));
  }

  /**
   * Rounds to levels and spreads those of each channel of each image so that all are about equally
   * frequent, as PIL and torchvision do.
   *
   * <ol>
   *   <li>{@code below(l)} pixels of the channel have a lower level than {@code l}.
   *   <li>{@code step} is a 255th of {@code below} at the highest level that occurs, rounded down.
   *   <li>Level {@code l} becomes {@code (below(l) + step / 2) / step}, rounded down each time, at
   *       most 255; where {@code step} is 0 the channel stays.
   * </ol>
   *
   * @param pixels the pixels of a plane
   */
  static Operand<TFloat32> equalized(Ops tf, Operand<TFloat32> planes, int pixels) {
    Operand<TFloat32> levels = tf.reshape(rounded(tf, planes), tf.array(-1, pixels));
    Operand<TInt32> bins = tf.math.mul(Rows.count(tf, levels), tf.constant(COUNT));
    Operand<TInt32> bin =
        tf.math.add(
            tf.dtypes.cast(levels, TInt32.class),
            tf.expandDims(tf.range(tf.constant(0), bins, tf.constant(COUNT)), tf.constant(1)));
    // Not a bincount, which some devices refuse for an empty part.
    Operand<TFloat32> counts = tf.math.unsortedSegmentSum(tf.onesLike(levels), bin, bins);
    Operand<TFloat32> table = spread(tf, tf.reshape(counts, tf.array(-1, COUNT)), pixels);
    Operand<TFloat32> equal = tf.gather(tf.reshape(table, tf.array(-1)), bin, tf.constant(0));
    return tf.reshape(tf.math.mul(equal, tf.constant(1f / HIGHEST)), tf.array(-1, 3, pixels));
  }

  /** What each level becomes, {@code [channels, 256]}; counts are exact in float32. */
  private static Operand<TFloat32> spread(Ops tf, Operand<TFloat32> counts, int pixels) {
    Operand<TFloat32> below = tf.math.cumsum(counts, tf.constant(1), Cumsum.exclusive(true));
    Operand<TBool> occurs = tf.math.less(below, tf.constant((float) pixels));
    Operand<TFloat32> last =
        tf.reduceMax(
            tf.math.mul(below, tf.dtypes.cast(occurs, TFloat32.class)),
            tf.constant(1),
            ReduceMax.keepDims(true));
    Operand<TFloat32> step = quotient(tf, last, tf.constant((float) HIGHEST));
    Operand<TFloat32> half = quotient(tf, step, tf.constant(2f));
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> spread =
        tf.math.minimum(
            quotient(tf, tf.math.add(below, half), tf.math.maximum(step, one)),
            tf.constant((float) HIGHEST));
    return tf.select(tf.math.less(step, one), tf.constant(all()), spread);
  }

  private static Operand<TFloat32> quotient(
      Ops tf, Operand<TFloat32> number, Operand<TFloat32> divisor) {
    return tf.math.floor(tf.math.div(number, divisor));
  }

  private static float[] all() {
    float[] all = new float[COUNT];
    for (int level = 0; level < COUNT; level++) {
      all[level] = level;
    }
    return all;
  }

  private static Operand<TFloat32> rounded(Ops tf, Operand<TFloat32> planes) {
    return tf.math.floor(
        tf.math.add(
            tf.math.mul(planes, tf.constant((float) HIGHEST)), tf.constant((float) ROUNDING)));
  }
}
