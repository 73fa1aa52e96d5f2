package dev.kindred.vision.augment;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One affine change of colours for each image: a mix of channels, and a share of the image's mean
 * grey added. Brightness, contrast and saturation are such changes.
 *
 * @param matrix {@code [batch, 3, 3]}
 * @param contrast how much of the grey mean is added, {@code [batch]}
 */
record ColorBlend(Operand<TFloat32> matrix, Operand<TFloat32> contrast) {
  /**
   * {@code factor * identity + grey * luma}, a matrix for each number.
   *
   * @param factor of any shape
   * @param grey of the same shape
   * @return {@code [shape..., 3, 3]}
   */
  static Operand<TFloat32> matrices(Ops tf, Operand<TFloat32> factor, Operand<TFloat32> grey) {
    return tf.math.add(
        tf.math.mul(cells(tf, factor), Colors.identity(tf)),
        tf.math.mul(cells(tf, grey), Colors.grey(tf)));
  }

  private static Operand<TFloat32> cells(Ops tf, Operand<TFloat32> numbers) {
    return tf.expandDims(tf.expandDims(numbers, tf.constant(-1)), tf.constant(-1));
  }

  /** The changes of some images, in the order of {@code rows}. */
  ColorBlend rows(Ops tf, Operand<TInt32> rows) {
    return new ColorBlend(
        tf.gather(matrix, rows, tf.constant(0)), tf.gather(contrast, rows, tf.constant(0)));
  }

  /** The colours {@code [batch, 3, pixels]} after the change, cut to {@code [0, 1]}. */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> planes) {
    Operand<TFloat32> means = tf.math.mean(planes, tf.constant(2));
    Operand<TFloat32> grey =
        tf.reduceSum(tf.math.mul(means, tf.constant(Colors.LUMA)), tf.constant(1));
    Operand<TFloat32> added = tf.reshape(tf.math.mul(grey, contrast), tf.array(-1, 1, 1));
    return Colors.clip(
        tf, tf.math.add(tf.train.batchMatMul(matrix, planes, TFloat32.class), added));
  }
}
