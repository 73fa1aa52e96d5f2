package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;

/**
 * Mirrors an image left to right with a probability.
 *
 * @param probability the share of images that are mirrored, in {@code [0, 1]}
 */
public record HorizontalFlip(double probability) implements Augmentation {
  /** Torchvision's default, and SimCLR's. */
  public static final double DEFAULT_PROBABILITY = 0.5;

  /** Checks the setting. */
  public HorizontalFlip {
    Require.share("probability", probability);
  }

  /** A flip of half of the images. */
  public static HorizontalFlip standard() {
    return new HorizontalFlip(DEFAULT_PROBABILITY);
  }

  @Override
  public ImageBatch apply(ImageBatch images, Randomness randomness) {
    return images.flipColumns(images.chance(randomness, probability));
  }
}
