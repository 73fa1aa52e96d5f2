package dev.kindred.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How often two partitions of the same examples meet.
 *
 * @param counts how many examples are in a part of the first and a part of the second, {@code
 *     [first][second]}; no row and no column is all 0
 * @param first the sizes of the first partition's parts
 * @param second the sizes of the second's
 * @param total the number of examples
 */
record Contingency(int[][] counts, int[] first, int[] second, int total) {

  /** Counts; the numbers of parts mean nothing and may leave gaps. */
  static Contingency of(int[] first, int[] second) {
    int[] rows = renumbered(first);
    int[] columns = renumbered(second);
    int[][] counts = new int[parts(rows)][parts(columns)];
    for (int i = 0; i < rows.length; i++) {
      counts[rows[i]][columns[i]]++;
    }
    return new Contingency(
        counts,
        Clusters.sizes(rows, parts(rows)),
        Clusters.sizes(columns, parts(columns)),
        rows.length);
  }

  /** Whether the two are one partition: every part of either meets one part of the other. */
  boolean same() {
    return first.length == second.length
        && Arrays.stream(counts)
            .allMatch(row -> Arrays.stream(row).filter(count -> count > 0).count() == 1);
  }

  private static int parts(int[] renumbered) {
    return Arrays.stream(renumbered).max().orElseThrow() + 1;
  }

  private static int[] renumbered(int[] parts) {
    Map<Integer, Integer> numbers = new HashMap<>();
    return Arrays.stream(parts)
        .map(part -> numbers.computeIfAbsent(part, unknown -> numbers.size()))
        .toArray();
  }
}
