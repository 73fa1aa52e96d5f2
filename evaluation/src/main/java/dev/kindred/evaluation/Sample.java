package dev.kindred.evaluation;

import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import org.hipparchus.stat.ranking.NaNStrategy;
import org.hipparchus.stat.ranking.NaturalRanking;
import org.hipparchus.stat.ranking.TiesStrategy;

/**
 * Numbers that can be correlated: two or more, finite, and not all equal.
 *
 * @param name what they are, for messages; such as {@code gold scores}
 * @param values the numbers
 */
record Sample(String name, double[] values) {

  /**
   * Checks the values.
   *
   * @throws KindredException if they cannot be correlated
   */
  Sample {
    if (values.length < 2) {
      throw new KindredException(
          "%s must be at least 2 to be correlated, had %d; give more pairs"
              .formatted(name, values.length));
    }
    requireFinite(name, values);
    double first = values[0];
    if (Arrays.stream(values).allMatch(value -> value == first)) {
      throw new KindredException(
          "%s must vary to be correlated, but all %d are %s; give pairs that differ"
              .formatted(name, values.length, values[0]));
    }
  }

  /** The rank of each value, from 1; equal values share the mean of their ranks. */
  Sample ranked() {
    // Adding 0 turns -0 into 0, which the ranking would hold for more.
    double[] unsigned = Arrays.stream(values).map(value -> value + 0.0).toArray();
    NaturalRanking ranking = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);
    return new Sample("ranks of " + name, ranking.rank(unsigned));
  }

  /** The values less their mean, scaled by a power of two so that no sum of squares overflows. */
  double[] centred() {
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    int exponent = Math.getExponent(largest);
    double[] scaled = Arrays.stream(values).map(v -> Math.scalb(v, -exponent)).toArray();
    double mean = Arrays.stream(scaled).average().orElseThrow();
    return Arrays.stream(scaled).map(value -> value - mean).toArray();
  }

  private static void requireFinite(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new KindredException(
            "%s must be finite to be correlated, but value %d of %d is %s; leave that pair out"
                .formatted(name, i + 1, values.length, values[i]));
      }
    }
  }
}
