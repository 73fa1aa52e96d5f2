package dev.kindred.evaluation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a query's right rows are in the ranking of the bank.
 *
 * @param ranks those of all right rows, one or more, from 1, ascending
 * @param gains what each is worth, above 0, in the order of the ranks; null for 1 each
 */
record FoundRanks(int[] ranks, double @Nullable [] gains) {

  /** How many right rows are among the {@code depth} nearest. */
  int within(int depth) {
    int at = Arrays.binarySearch(ranks, depth);
    return at < 0 ? -1 - at : at + 1;
  }

  double rPrecision() {
    return (double) within(ranks.length) / ranks.length;
  }

  double averagePrecision() {
    return precisions(ranks.length) / ranks.length;
  }

  double averagePrecisionAtR() {
    return precisions(within(ranks.length)) / ranks.length;
  }

  double reciprocalRank() {
    return 1.0 / ranks[0];
  }

  /** The gain of the {@code depth} nearest by that of the best order. */
  double gain(int depth) {
    double gain = 0;
    for (int i = 0; i < within(depth); i++) {
      gain += (gains == null ? 1 : gains[i]) * discount(ranks[i]);
    }
    return Math.min(1, gain / ideal(depth)); // two orders of a sum may differ in the last bit
  }

  /** The precisions at the ranks of so many right rows, added up. */
  private double precisions(int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (i + 1.0) / ranks[i];
    }
    return sum;
  }

  private double ideal(int depth) {
    double[] best = gains == null ? null : gains.clone();
    if (best != null) {
      Arrays.sort(best);
    }
    double sum = 0;
    for (int rank = 1; rank <= Math.min(depth, ranks.length); rank++) {
      sum += (best == null ? 1 : best[best.length - rank]) * discount(rank);
    }
    return sum;
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 1.0);
  }
}
