package dev.kindred.text;

import java.util.Locale;

/**
 * What becomes of a text with more pieces than its encoder takes, when it is embedded. Shorter
 * texts have the same vector either way. A training always cuts.
 */
public enum LongTexts {
  /** Its first pieces are all that counts; how many texts were cut is counted. */
  CUT,

  /**
   * It is read to its end, in windows of as many pieces as the encoder takes, special tokens around
   * each. They do not overlap, and end where a word ends unless a word fills more than one. Its
   * vector is the mean of the windows' vectors, each counting as much as the window has pieces of
   * words.
   */
  WINDOWS;

  /** As settings and manifests spell it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
