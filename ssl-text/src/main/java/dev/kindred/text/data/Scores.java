package dev.kindred.text.data;

import dev.kindred.runtime.KindredException;

/** Judgements of how alike texts are, written as numbers. */
final class Scores {
  private Scores() {}

  /**
   * The number that {@code text} is.
   *
   * @param name of the column
   * @throws KindredException if it is none, or not finite
   */
  static double parse(String name, String text, RowFormat.Complaint complaint) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw complaint.about(
        "%s must be a finite number, is \"%s\"; mend the line".formatted(name, text), null);
  }

  /**
   * The same for all that are the same number.
   *
   * @throws KindredException as {@link #parse} does
   */
  static String canonical(String name, String text, RowFormat.Complaint complaint) {
    // The sum makes -0 a 0.
    return String.valueOf(parse(name, text, complaint) + 0.0);
  }
}
