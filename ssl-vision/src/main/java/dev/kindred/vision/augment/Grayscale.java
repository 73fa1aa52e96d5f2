package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Replaces all three channels by the luma {@code 0.299 R + 0.587 G + 0.114 B} with a probability.
 *
 * @param probability the share of images that lose their colour, in {@code [0, 1]}
 */
public record Grayscale(double probability) implements Augmentation {
  /** SimCLR's (Chen et al. 2020, appendix A). */
  public static final double DEFAULT_PROBABILITY = 0.2;

  /** Checks the setting. */
  public Grayscale {
    Require.share("probability", probability);
  }

  /** SimCLR's: a fifth of the images. */
  public static Grayscale standard() {
    return new Grayscale(DEFAULT_PROBABILITY);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    Ops tf = images.tf();
    Operand<TFloat32> grey = tf.reshape(images.chance(randomness, probability), tf.array(-1, 1, 1));
    return images.mix(
        tf.math.add(Colors.identity(tf), tf.math.mul(grey, tf.constant(Colors.identityToGrey()))));
  }
}
