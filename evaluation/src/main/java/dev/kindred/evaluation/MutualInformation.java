package dev.kindred.evaluation;

import java.util.Arrays;
import org.hipparchus.distribution.discrete.HypergeometricDistribution;

/** What two partitions tell of each other, in nats. */
final class MutualInformation {
  /** Less than this is rounding. */
  private static final double ROUNDING = Math.ulp(1.0);

  private final Contingency table;

  MutualInformation(Contingency table) {
    this.table = table;
  }

  /** Mutual information over the mean of the entropies. */
  double normalised() {
    if (table.same()) {
      return 1;
    }
    double information = information();
    // Both entropies can be 0 only if the partitions are the same.
    return information <= ROUNDING ? 0 : Math.min(1, information / meanEntropy());
  }

  /** The same with what chance gives taken from both. */
  double adjusted() {
    if (table.same()) {
      return 1;
    }
    double expected = expected();
    return (information() - expected) / (meanEntropy() - expected);
  }

  private double information() {
    double sum = 0;
    for (int i = 0; i < table.first().length; i++) {
      for (int j = 0; j < table.second().length; j++) {
        sum += term(table.counts()[i][j], table.first()[i], table.second()[j]);
      }
    }
    return Math.max(0, sum);
  }

  /** The mean over all ways of dealing out parts of these sizes. */
  double expected() {
    double sum = 0;
    for (int a : table.first()) {
      for (int b : table.second()) {
        sum += expectedTerm(a, b);
      }
    }
    return sum;
  }

  private double expectedTerm(int a, int b) {
    int total = table.total();
    if (a == total || b == total) {
      return 0;
    }
    HypergeometricDistribution meetings = new HypergeometricDistribution(total, a, b);
    double sum = 0;
    for (int n = Math.max(1, a + b - total); n <= Math.min(a, b); n++) {
      sum += meetings.probability(n) * term(n, a, b);
    }
    return sum;
  }

  /** What {@code n} examples in parts of sizes {@code a} and {@code b} add. */
  private double term(int n, int a, int b) {
    double total = table.total();
    return n == 0 ? 0 : n / total * Math.log(n * total / ((double) a * b));
  }

  private double meanEntropy() {
    return (entropy(table.first()) + entropy(table.second())) / 2;
  }

  private double entropy(int[] sizes) {
    return -Arrays.stream(sizes)
        .mapToDouble(size -> (double) size / table.total())
        .map(share -> share * Math.log(share))
        .sum();
  }
}
