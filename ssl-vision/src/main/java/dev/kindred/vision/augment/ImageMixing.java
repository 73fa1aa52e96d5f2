package dev.kindred.vision.augment;

import dev.kindred.data.Mixed;
import dev.kindred.data.Mixing;
import dev.kindred.data.Randomness;
import java.util.Arrays;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Blends of two images, for methods that learn from them. An image keeps at least half of itself:
 * its share is uniform in {@code [0.5, 1]}, the larger part of a draw from Beta(1, 1), as i-Mix has
 * it.
 */
public enum ImageMixing implements Mixing<Operand<TFloat32>> {
  /**
   * Weighted means of pixels; Zhang et al. 2018, <a href="https://arxiv.org/abs/1710.09412">mixup:
   * Beyond Empirical Risk Minimization</a>.
   */
  MIXUP {
    @Override
    Mixed<Operand<TFloat32>> blend(
        Ops tf, Operand<TFloat32> images, Operand<TFloat32> kept, Randomness randomness) {
      return new Mixed<>(
          replaced(tf, images, tf.math.sub(tf.constant(1f), column(tf, kept))), kept);
    }
  },
  /**
   * A rectangle of the other image in place of one's own, its middle anywhere, so that parts of it
   * may lie outside; the share is what is then left. Yun et al. 2019, <a
   * href="https://arxiv.org/abs/1905.04899">CutMix</a>.
   */
  CUTMIX {
    @Override
    Mixed<Operand<TFloat32>> blend(
        Ops tf, Operand<TFloat32> images, Operand<TFloat32> kept, Randomness randomness) {
      Operand<TFloat32> side = tf.math.sqrt(tf.math.sub(tf.constant(1f), kept));
      Operand<TFloat32> rows = covered(tf, images, 1, side, randomness.child("row"));
      Operand<TFloat32> columns = covered(tf, images, 2, side, randomness.child("column"));
      Operand<TFloat32> mask = tf.math.mul(rows, columns);
      Operand<TFloat32> cut = tf.math.mean(mask, tf.constant(new int[] {1, 2, 3}));
      return new Mixed<>(replaced(tf, images, mask), tf.math.sub(tf.constant(1f), cut));
    }
  };

  private static final double LEAST_SHARE = 0.5;

  /**
   * The mixing of that {@link #label}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ImageMixing of(String label) {
    return Arrays.stream(values())
        .filter(mixing -> mixing.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "mixing must be one of %s, was %s".formatted(labels(), label)));
  }

  private static String labels() {
    return String.join(", ", Arrays.stream(values()).map(ImageMixing::label).toList());
  }

  /** The name by which a run's configuration knows it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Mixed<Operand<TFloat32>> mix(Ops tf, Operand<TFloat32> view, Randomness randomness) {
    Operand<TFloat32> kept =
        Draws.range(tf, randomness.uniform("share", batch(tf, view), 0), LEAST_SHARE, 1);
    return blend(tf, view, kept, randomness);
  }

  abstract Mixed<Operand<TFloat32>> blend(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> kept, Randomness randomness);

  /** The images with what {@code weight} says of each pixel taken from the image before. */
  private static Operand<TFloat32> replaced(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> weight) {
    Operand<TFloat32> difference = tf.math.sub(Mixing.before(tf, images), images);
    return tf.math.add(images, tf.math.mul(weight, difference));
  }

  /** 1 for each pixel of an axis that a stretch of length {@code share} covers, else 0. */
  private static Operand<TFloat32> covered(
      Ops tf, Operand<TFloat32> images, int axis, Operand<TFloat32> share, Randomness randomness) {
    int size = (int) images.shape().get(axis);
    Operand<TFloat32> middle = randomness.uniform("middle", batch(tf, images), 0);
    Operand<TFloat32> distance =
        tf.math.abs(tf.math.sub(pixels(tf, size, axis), column(tf, middle)));
    Operand<TFloat32> reach = tf.math.mul(column(tf, share), tf.constant(0.5f));
    return tf.dtypes.cast(tf.math.less(distance, reach), TFloat32.class);
  }

  /** The middles of the pixels of an axis, as shares of its length, along that axis. */
  private static Operand<TFloat32> pixels(Ops tf, int size, int axis) {
    float[] middles = new float[size];
    for (int i = 0; i < size; i++) {
      middles[i] = (i + 0.5f) / size;
    }
    int[] shape = {1, 1, 1, 1};
    shape[axis] = size;
    return tf.reshape(tf.constant(middles), tf.constant(shape));
  }

  private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> numbers) {
    return tf.reshape(numbers, tf.constant(new int[] {-1, 1, 1, 1}));
  }

  private static Operand<TInt32> batch(Ops tf, Operand<TFloat32> view) {
    return tf.slice(tf.shape(view), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
  }
}
