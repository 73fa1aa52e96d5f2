package dev.kindred.vision.augment;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * PIL's antialiased bilinear resizing of boxes, as matrices.
 *
 * <ol>
 *   <li>Output pixel {@code i} of {@code o} looks at {@code center = low + (i + 1/2) length / o}.
 *   <li>Input pixel {@code j} has the weight {@code max(0, 1 - |j + 1/2 - center| / support)}, with
 *       {@code support = max(1, length / o)}: a triangle that widens when the box shrinks.
 *   <li>Pixels outside of the box weigh nothing, and the weights of each output pixel sum to 1.
 * </ol>
 */
final class Resampling {
  /** Farther than any support, so that a pixel this far away weighs nothing. */
  private static final float FAR = 1e9f;

  private Resampling() {}

  /**
   * The matrices that resize {@code low <= j < low + length} to {@code out} pixels, of shape {@code
   * [boxes, out, in]}.
   *
   * @param low the first pixel of each box, {@code [boxes]}
   * @param length the pixels of each box, {@code [boxes]}
   * @param mirrored 1 where the result is mirrored, else 0, {@code [boxes]}
   */
  static Operand<TFloat32> matrices(
      Ops tf,
      Operand<TFloat32> low,
      Operand<TFloat32> length,
      Operand<TFloat32> mirrored,
      int in,
      int out) {
    Operand<TFloat32> scale = column(tf, tf.math.mul(length, tf.constant(1f / out)));
    Operand<TFloat32> perSupport = tf.math.reciprocal(tf.math.maximum(scale, tf.constant(1f)));
    Operand<TFloat32> centers =
        tf.math.add(column(tf, low), tf.math.mul(scale, steps(tf, column(tf, mirrored), out)));
    Operand<TFloat32> distance =
        tf.math.abs(
            tf.math.sub(
                tf.expandDims(tf.math.mul(centers, perSupport), tf.constant(2)),
                tf.expandDims(
                    tf.math.mul(pixels(tf, column(tf, low), column(tf, length), in), perSupport),
                    tf.constant(1))));
    Operand<TFloat32> weights = tf.nn.relu(tf.math.sub(tf.constant(1f), distance));
    return tf.math.div(weights, tf.reduceSum(weights, tf.constant(2), ReduceSum.keepDims(true)));
  }

  /**
   * Resizes each plane: {@code rows * plane * transposed(columns)}.
   *
   * @param planes {@code [batch, 3, side, side]}, or those axes flattened
   * @param rows {@code [batch, out, side]}
   * @param columns {@code [batch, out, side]}
   * @return {@code [batch, 3, out * out]}
   */
  static Operand<TFloat32> resize(
      Ops tf,
      Operand<TFloat32> planes,
      int side,
      Operand<TFloat32> rows,
      Operand<TFloat32> columns,
      int out) {
    Operand<TFloat32> narrow =
        tf.train.batchMatMul(
            tf.reshape(planes, tf.array(-1, 3 * side, side)),
            columns,
            TFloat32.class,
            BatchMatMul.adjY(true));
    Operand<TFloat32> square =
        tf.train.batchMatMul(
            tf.expandDims(rows, tf.constant(1)),
            tf.reshape(narrow, tf.array(-1, 3, side, out)),
            TFloat32.class);
    return tf.reshape(square, tf.array(-1, 3, out * out));
  }

  /** {@code i + 1/2}, counted from the other end where mirrored. */
  private static Operand<TFloat32> steps(Ops tf, Operand<TFloat32> mirrored, int out) {
    float[] forward = new float[out];
    float[] turn = new float[out];
    for (int i = 0; i < out; i++) {
      forward[i] = i + 0.5f;
      turn[i] = out - 2 * forward[i];
    }
    return tf.math.add(tf.constant(forward), tf.math.mul(mirrored, tf.constant(turn)));
  }

  /** {@code j + 1/2} inside of the box and far away outside. */
  private static Operand<TFloat32> pixels(
      Ops tf, Operand<TFloat32> low, Operand<TFloat32> length, int in) {
    float[] middles = new float[in];
    for (int j = 0; j < in; j++) {
      middles[j] = j + 0.5f;
    }
    Operand<TFloat32> all = tf.constant(middles);
    Operand<TFloat32> inside =
        tf.dtypes.cast(
            tf.math.logicalAnd(
                tf.math.greater(all, low), tf.math.less(all, tf.math.add(low, length))),
            TFloat32.class);
    Operand<TFloat32> outside = tf.math.sub(tf.constant(1f), inside);
    return tf.math.add(all, tf.math.mul(outside, tf.constant(FAR)));
  }

  private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> vector) {
    return tf.expandDims(vector, tf.constant(1));
  }
}
