package dev.kindred.evaluation;

import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.List;

/**
 * Representations, and numbers that are known of each: the true state that an observation was made
 * in, say. The arrays are not copied.
 *
 * @param vectors {@code [rows][dimension]}, finite
 * @param names what the numbers are
 * @param values {@code [rows][names]}, finite
 */
public record ValuedRows(float[][] vectors, List<String> names, float[][] values) {
  /**
   * Checks the shapes and the numbers.
   *
   * @throws IllegalArgumentException if there are no rows, numbers of rows or widths differ, or a
   *     number is not finite
   */
  public ValuedRows {
    names = List.copyOf(names);
    Require.atLeastOne("rows", vectors.length);
    Require.atLeastOne("values of a row", names.size());
    Require.that(
        values.length == vectors.length,
        "rows of values",
        "as many as vectors, " + vectors.length,
        values.length);
    requireFinite("vector", vectors, vectors[0].length);
    requireFinite("values", values, names.size());
  }

  private static void requireFinite(String what, float[][] rows, int width) {
    for (int row = 0; row < rows.length; row++) {
      Require.that(
          rows[row].length == width,
          "%s of row %d".formatted(what, row),
          "of %d numbers".formatted(width),
          rows[row].length);
      for (float value : rows[row]) {
        Require.that(Float.isFinite(value), "%s of row %d".formatted(what, row), "finite", value);
      }
    }
  }

  /** The rows from {@code first} (inclusive) to {@code last} (exclusive). */
  ValuedRows part(int first, int last) {
    return new ValuedRows(
        Arrays.copyOfRange(vectors, first, last), names, Arrays.copyOfRange(values, first, last));
  }
}
