package dev.kindred.evaluation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a bank that are right for a query, or for all queries of a class.
 *
 * @param rows their places, ascending, all different
 * @param gains what each is worth, above 0; null for 1 each
 */
record RightRows(int[] rows, double @Nullable [] gains) {
  static final RightRows NONE = new RightRows(new int[0], null);

  /** How many there are but for {@code leftOut}, which may be none of them. */
  int countWithout(int leftOut) {
    return rows.length - (Arrays.binarySearch(rows, leftOut) >= 0 ? 1 : 0);
  }
}
