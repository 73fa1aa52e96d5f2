package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.util.Arrays;
import org.hipparchus.stat.descriptive.moment.Skewness;

/**
 * Each row's nearest other rows.
 *
 * @param lists {@code [rows][k]}, nearest first
 */
record Neighbourhoods(int[][] lists) {

  /**
   * Rows to compare with each other, at most so many.
   *
   * @param role what they are, for messages
   * @throws KindredException if there are not two
   */
  static Embeddings sample(String role, Embeddings embeddings, int most, long seed) {
    Require.that(most >= 2, "sample", ">= 2", most);
    if (embeddings.size() < 2) {
      throw new KindredException(
          "%s: must have at least two rows to compare, had only %s; add rows"
              .formatted(role, embeddings.ids().get(0)));
    }
    return embeddings.select(Rows.drawn(embeddings.size(), most, seed));
  }

  /** The {@code k} nearest of each row, or all others if there are fewer. */
  static Neighbourhoods of(Embeddings embeddings, ExactSearch search, int k) {
    int found = Math.min(k, embeddings.size() - 1);
    int[][] lists = new int[embeddings.size()][];
    search.search(
        embeddings.vectors(),
        found + 1,
        search.batch(),
        (row, cosines, rows) -> lists[row] = others(row, rows, found));
    return new Neighbourhoods(lists);
  }

  /** Of several rows that are alike, a row itself need not be among the first. */
  private static int[] others(int row, int[] rows, int k) {
    return Arrays.stream(rows).filter(other -> other != row).limit(k).toArray();
  }

  /** The skewness of how often a row is a neighbour: third moment over cubed deviation. */
  double hubness() {
    int n = lists.length;
    if (n < 3) {
      return 0;
    }
    Skewness skewness = new Skewness();
    skewness.incrementAll(occurrences());
    // The library's is corrected for a sample's bias, which the published measure is not.
    return skewness.getResult() * (n - 2) / Math.sqrt(n * (n - 1.0));
  }

  /** The share of rows that are no row's neighbour. */
  double antihubs() {
    return Arrays.stream(occurrences()).filter(count -> count == 0).count() / (double) lists.length;
  }

  /** The share of a row's neighbours that it has there too, mean over the rows. */
  double overlap(Neighbourhoods other) {
    long shared = 0;
    for (int row = 0; row < lists.length; row++) {
      int[] there = other.lists[row];
      shared +=
          Arrays.stream(lists[row])
              .filter(one -> Arrays.stream(there).anyMatch(two -> two == one))
              .count();
    }
    return (double) shared / ((long) lists.length * lists[0].length);
  }

  private double[] occurrences() {
    double[] counts = new double[lists.length];
    for (int[] list : lists) {
      for (int row : list) {
        counts[row]++;
      }
    }
    return counts;
  }
}
