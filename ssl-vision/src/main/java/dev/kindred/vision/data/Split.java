package dev.kindred.vision.data;

import java.util.Locale;

/** Which part of a set that has a training and a test part. */
public enum Split {
  /** The training part. */
  TRAIN,
  /** The test part. */
  TEST,
  /** The training part, then the test part. */
  ALL;

  /** Whether this takes the examples of {@code part}, which is TRAIN or TEST. */
  boolean takes(Split part) {
    return this == ALL || this == part;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
