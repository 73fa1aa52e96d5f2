package dev.kindred.text.data;

import dev.kindred.runtime.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What of a table the examples are made of.
 *
 * @param texts the columns of an example's parts: one for single texts, two for pairs, three for
 *     anchor, positive and negative; none for what is no table
 * @param label the column that examples are labelled by, a class or a score
 * @param graded whether the labels are scores, so that each must be a finite number
 */
public record Columns(List<String> texts, Optional<String> label, boolean graded) {
  private static final int MOST = 3;

  /**
   * Copies the names.
   *
   * @throws IllegalArgumentException if there are more than three, one occurs twice, there is only
   *     a label, or scores are asked for without their column
   */
  public Columns {
    texts = List.copyOf(texts);
    Require.that(
        texts.size() <= MOST, "columns", "at most three: anchor, positive, negative", texts);
    Require.that(new HashSet<>(texts).size() == texts.size(), "columns", "different", texts);
    Require.that(
        !texts.isEmpty() || label.isEmpty(),
        "columns",
        "named beside the label " + label.orElse(""),
        "none");
    Require.that(label.isPresent() || !graded, "columns", "labelled to be graded", texts);
  }

  /** None, for lines of text and folders of documents. */
  public static Columns none() {
    return new Columns(List.of(), Optional.empty(), false);
  }

  /** The columns of single texts, pairs or triplets. */
  public static Columns of(String... texts) {
    return new Columns(List.of(texts), Optional.empty(), false);
  }

  /**
   * These, with a column of classes or scores. The classes are its distinct values, in the order of
   * the numbers if all are numbers, else in that of the letters; a label is its class's index. An
   * empty value is no label.
   */
  public Columns labelled(String column) {
    return new Columns(texts, Optional.of(column), false);
  }

  /**
   * These, with a column of scores, as those of {@link StsFile}: a score in each row, a finite
   * number. The classes are the distinct numbers in ascending order, {@code 5} and {@code 5.00} are
   * one; a label is its class's index.
   */
  public Columns graded(String column) {
    return new Columns(texts, Optional.of(column), true);
  }

  /** What a row is labelled by: {@code value}, or the number that it is. */
  String label(String name, String value, RowFormat.Complaint complaint) {
    return graded ? Scores.canonical(name, value, complaint) : value;
  }

  @Override
  public String toString() {
    return String.join(", ", texts)
        + label.map(name -> (graded ? "; score " : "; label ") + name).orElse("");
  }
}
