package dev.kindred.vision.augment;

import dev.kindred.data.Randomness;
import java.util.Map;

/**
 * One random change of a batch of images. An immutable description: applying it adds operations to
 * the graph.
 *
 * <p>The augmentations of this package are records of numbers, and {@link #settings} and {@link
 * #fromSettings} work for them as they are; an own augmentation states its own settings.
 */
public interface Augmentation {
  /**
   * Adds the change to the graph.
   *
   * @param images the batch as the augmentations before this one left it
   * @param randomness where every random number comes from; this augmentation's alone
   */
  ImageBatch apply(ImageBatch images, Randomness randomness);

  /** Everything that defines this augmentation, in JSON types; {@code name} is always there. */
  default Map<String, Object> settings() {
    return RecordSettings.of((Record) this);
  }

  /**
   * The augmentation that {@code settings}, as made by {@link #settings}, describe.
   *
   * @throws IllegalArgumentException if the name is none of this package's, or a value is missing
   *     or not allowed
   */
  static Augmentation fromSettings(Map<String, ?> settings) {
    return RecordSettings.read(settings);
  }
}
