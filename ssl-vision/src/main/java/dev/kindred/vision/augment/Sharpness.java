package dev.kindred.vision.augment;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Blends images with smoothed ones, as PIL and torchvision do: the smoothing weighs a pixel by 5,
 * its eight neighbours by 1, and leaves the pixels of the border as they are.
 *
 * <p>Like a Gaussian blur's, the sum over the neighbourhood is a banded matrix on each axis.
 */
final class Sharpness {
  private static final float WEIGHTS = 13;
  private static final float CENTER = 5;

  private Sharpness() {}

  /**
   * {@code (1 - smooth) * image + smooth * smoothed}, cut to {@code [0, 1]}.
   *
   * @param planes {@code [batch, 3, size * size]}
   * @param smooth below 0 sharpens, {@code [batch]}
   */
  static Operand<TFloat32> blended(
      Ops tf, Operand<TFloat32> planes, Operand<TFloat32> smooth, int size) {
    Operand<TFloat32> band = tf.constant(new float[][][] {band(size)});
    Operand<TFloat32> sums = Resampling.resize(tf, planes, size, band, band, size);
    // The sums hold the middle once; where there is a sum, 13 are to be taken away and 5 put there.
    Operand<TFloat32> change = tf.math.sub(sums, tf.math.mul(planes, tf.constant(inside(size))));
    Operand<TFloat32> share = tf.math.mul(smooth, tf.constant(1 / WEIGHTS));
    return Colors.clip(
        tf, tf.math.add(planes, tf.math.mul(change, tf.reshape(share, tf.array(-1, 1, 1)))));
  }

  /** Adds up each pixel and its two neighbours, and gives 0 at both ends. */
  private static float[][] band(int size) {
    float[][] band = new float[size][size];
    for (int i = 1; i < size - 1; i++) {
      band[i][i - 1] = 1;
      band[i][i] = 1;
      band[i][i + 1] = 1;
    }
    return band;
  }

  /** What is taken from each pixel, {@code [size * size]}: nothing on the border. */
  private static float[] inside(int size) {
    float[] inside = new float[size * size];
    for (int y = 1; y < size - 1; y++) {
      for (int x = 1; x < size - 1; x++) {
        inside[y * size + x] = WEIGHTS - CENTER + 1;
      }
    }
    return inside;
  }
}
