package dev.kindred.vision.augment;

/** The rules that settings of several augmentations share. */
final class Check {
  private Check() {}

  static void probability(double value) {
    that(value >= 0 && value <= 1, "probability must be in [0, 1], was " + value);
  }

  static void size(int value) {
    that(value >= 1, "size must be >= 1, was " + value);
  }

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
