package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Turns an image about its middle by a random angle with a probability; bilinear, and black where
 * nothing is.
 *
 * @param degrees the reach of the angle, which is uniform in {@code [-degrees, degrees]}; in {@code
 *     [0, 180]}
 * @param probability the share of images that are turned, in {@code [0, 1]}
 */
public record Rotation(double degrees, double probability) implements Augmentation {
  /** Checks the settings. */
  public Rotation {
    Require.that(degrees >= 0 && degrees <= 180, "degrees", "in [0, 180]", degrees);
    Require.share("probability", probability);
  }

  /** A rotation of every image by up to {@code degrees} either way. */
  public static Rotation upTo(double degrees) {
    return new Rotation(degrees, 1);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    Ops tf = images.tf();
    double reach = Math.toRadians(degrees);
    Operand<TFloat32> angles = Draws.range(tf, images.uniform(randomness, "angle"), -reach, reach);
    return images.some(
        images.chance(randomness, probability),
        (planes, rows) ->
            turned(tf, planes, tf.gather(angles, rows, tf.constant(0)), images.size()));
  }

  private static Operand<TFloat32> turned(
      Ops tf, Operand<TFloat32> planes, Operand<TFloat32> angles, int size) {
    return Affine.resampled(tf, planes, Affine.turns(tf, angles, size), size, 0);
  }
}
