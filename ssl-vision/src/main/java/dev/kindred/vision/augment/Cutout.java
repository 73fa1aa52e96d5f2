package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Covers a random square of an image by mid-grey with a probability. The square's middle is uniform
 * in the image, so that part of the square may lie outside.
 *
 * <p>DeVries and Taylor, <a href="https://arxiv.org/abs/1708.04552">Improved Regularization of
 * Convolutional Neural Networks with Cutout</a>, 2017.
 *
 * @param fraction the side of the square as a share of the view's, in {@code (0, 1]}
 * @param probability the share of images that are covered, in {@code [0, 1]}
 */
public record Cutout(double fraction, double probability) implements Augmentation {
  /** The paper's for CIFAR-10: 16 of 32 pixels. */
  public static final double DEFAULT_FRACTION = 0.5;

  private static final float GREY = 0.5f;

  /** Checks the settings. */
  public Cutout {
    Require.that(fraction > 0 && fraction <= 1, "fraction", "in (0, 1]", fraction);
    Require.share("probability", probability);
  }

  /** The paper's: half of the side, of every image. */
  public static Cutout standard() {
    return new Cutout(DEFAULT_FRACTION, 1);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    Ops tf = images.tf();
    var middles = tf.unstack(images.uniform(randomness, "middle", 2), 2L).output();
    Operand<TFloat32> chance = images.chance(randomness, probability);
    Operand<TFloat32> rows =
        tf.math.mul(
            covered(tf, middles.get(0), images.size()), tf.expandDims(chance, tf.constant(1)));
    Operand<TFloat32> columns = covered(tf, middles.get(1), images.size());
    Operand<TFloat32> square =
        tf.reshape(
            tf.math.mul(
                tf.expandDims(rows, tf.constant(2)), tf.expandDims(columns, tf.constant(1))),
            tf.array(-1, 1, images.size() * images.size()));
    Operand<TFloat32> planes = images.planes();
    return images.withPlanes(
        tf.math.add(planes, tf.math.mul(square, tf.math.sub(tf.constant(GREY), planes))));
  }

  /** 1 for each of the {@code size} pixels of an axis that the square covers, else 0. */
  private Operand<TFloat32> covered(Ops tf, Operand<TFloat32> middle, int size) {
    float[] pixels = new float[size];
    for (int i = 0; i < size; i++) {
      pixels[i] = i + 0.5f;
    }
    Operand<TFloat32> distance =
        tf.math.abs(
            tf.math.sub(
                tf.constant(pixels),
                tf.expandDims(tf.math.mul(middle, tf.constant((float) size)), tf.constant(1))));
    return tf.dtypes.cast(
        tf.math.less(distance, tf.constant((float) (size * fraction / 2))), TFloat32.class);
  }
}
