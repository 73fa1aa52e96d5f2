package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;

/**
 * Mirrors an image top to bottom with a probability: for aerial, microscope and other images that
 * have no up.
 *
 * @param probability the share of images that are mirrored, in {@code [0, 1]}
 */
public record VerticalFlip(double probability) implements Augmentation {
  /** Torchvision's default. */
  public static final double DEFAULT_PROBABILITY = 0.5;

  /** Checks the setting. */
  public VerticalFlip {
    Require.share("probability", probability);
  }

  /** A flip of half of the images. */
  public static VerticalFlip standard() {
    return new VerticalFlip(DEFAULT_PROBABILITY);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    return images.flipRows(images.chance(randomness, probability));
  }
}
