package dev.kindred.vision.augment;

/** What comes first in a view: takes a box of each image and resizes it to a square. */
public interface Crop extends Augmentation {
  /** The side of the result, in pixels. */
  int size();
}
