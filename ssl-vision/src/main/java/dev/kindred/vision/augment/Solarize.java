package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Inverts the values that reach a threshold, with a probability: {@code x >= threshold} becomes
 * {@code 1 - x}.
 *
 * @param threshold the smallest value that is inverted, in {@code [0, 1]}
 * @param probability the share of images that are changed, in {@code [0, 1]}
 */
public record Solarize(double threshold, double probability) implements Augmentation {
  /** BYOL's (Grill et al. 2020, appendix B). */
  public static final double DEFAULT_THRESHOLD = 0.5;

  /** That of BYOL's second view. */
  public static final double DEFAULT_PROBABILITY = 0.2;

  /** More than any colour, so that nothing reaches it. */
  private static final float NEVER = 2;

  /** Checks the settings. */
  public Solarize {
    Require.that(threshold >= 0 && threshold <= 1, "threshold", "in [0, 1]", threshold);
    Require.share("probability", probability);
  }

  /** BYOL's: at one half, for a fifth of the images. */
  public static Solarize standard() {
    return new Solarize(DEFAULT_THRESHOLD, DEFAULT_PROBABILITY);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    Ops tf = images.tf();
    Operand<TFloat32> chance = images.perImage(images.chance(randomness, probability));
    Operand<TFloat32> limit =
        tf.math.add(
            tf.constant(NEVER), tf.math.mul(chance, tf.constant((float) threshold - NEVER)));
    return images.withPlanes(inverted(tf, images.planes(), limit));
  }

  /** The colours with {@code 1 - x} for each {@code x >= limit}. */
  static Operand<TFloat32> inverted(Ops tf, Operand<TFloat32> planes, Operand<TFloat32> limit) {
    return tf.select(
        tf.math.greaterEqual(planes, limit), tf.math.sub(tf.constant(1f), planes), planes);
  }
}
