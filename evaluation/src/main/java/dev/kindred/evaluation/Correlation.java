package dev.kindred.evaluation;

import dev.kindred.runtime.KindredException;

/** How far two lists of numbers go together, in {@code [-1, 1]}. Safe for several threads. */
public enum Correlation {
  /**
   * Spearman's rank correlation: {@link #PEARSON} of the ranks, equal values sharing the mean of
   * theirs. No monotone transform of either list changes it.
   */
  SPEARMAN {
    @Override
    double of(Sample x, Sample y) {
      return PEARSON.of(x.ranked(), y.ranked());
    }
  },

  /**
   * Pearson's linear correlation, {@code sum (x - mean x)(y - mean y) / sqrt(sum (x - mean x)^2 sum
   * (y - mean y)^2)}. No shift and no positive scale of either list changes it.
   */
  PEARSON {
    @Override
    double of(Sample x, Sample y) {
      // Not Hipparchus' own: it takes the root of 1 - residual / total, where small values drown.
      double[] a = x.centred();
      double[] b = y.centred();
      double r = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
      return Math.max(-1, Math.min(1, r));
    }
  };

  /**
   * The correlation of {@code x} and {@code y}, whose values belong together pair by pair.
   *
   * @return a finite number in {@code [-1, 1]}
   * @throws IllegalArgumentException if they are not equally many
   * @throws KindredException if they are fewer than two, one is NaN or infinite, or all of one list
   *     are equal, for which no correlation is defined
   */
  public final double of(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "x and y must be equally many, were %d and %d".formatted(x.length, y.length));
    }
    return of(new Sample("x", x), new Sample("y", y));
  }

  /** The correlation of two lists that are equally long. */
  abstract double of(Sample x, Sample y);

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
