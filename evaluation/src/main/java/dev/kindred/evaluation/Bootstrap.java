package dev.kindred.evaluation;

import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Intervals by the percentile bootstrap: the test rows are drawn again with replacement, as many as
 * there are, and the middle {@code level} of what a metric gives on the draws is the interval. It
 * says how much another test set of the same kind would change the number; it knows nothing of
 * another training, another seed or other data to learn from. Same seed, same interval.
 *
 * <p>Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 *
 * @param resamples how many draws, at least 1
 * @param level the confidence, in {@code (0, 1)}
 * @param seed what the draws derive from
 */
public record Bootstrap(int resamples, double level, long seed) {
  /** 1,000 draws, as Efron and Tibshirani ask for intervals. */
  public static final int DEFAULT_RESAMPLES = 1000;

  /** 95 %. */
  public static final double DEFAULT_LEVEL = 0.95;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Bootstrap {
    Require.atLeastOne("resamples", resamples);
    Require.that(level > 0 && level < 1, "level", "in (0, 1)", level);
  }

  /** {@value #DEFAULT_RESAMPLES} draws, level {@value #DEFAULT_LEVEL}, seed 0. */
  public static Bootstrap defaults() {
    return new Bootstrap(DEFAULT_RESAMPLES, DEFAULT_LEVEL, 0);
  }

  /**
   * The intervals of several metrics over the same draws.
   *
   * @param count how many rows there are, at least 1
   * @param metrics from the places of the rows drawn to the metrics' values by name, the same names
   *     every time and never NaN
   */
  public Map<String, Interval> intervals(int count, Function<int[], Map<String, Double>> metrics) {
    Require.atLeastOne("count", count);
    Map<String, double[]> values = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < resamples; i++) {
      int draw = i;
      metrics
          .apply(random.ints(count, 0, count).toArray())
          .forEach((name, value) -> of(values, name)[draw] = value);
    }
    Map<String, Interval> intervals = new LinkedHashMap<>();
    values.forEach((name, drawn) -> intervals.put(name, middle(drawn)));
    return intervals;
  }

  private double[] of(Map<String, double[]> values, String name) {
    return values.computeIfAbsent(name, unseen -> new double[resamples]);
  }

  private Interval middle(double[] drawn) {
    Arrays.sort(drawn);
    double tail = (1 - level) / 2;
    return new Interval(quantile(drawn, tail), quantile(drawn, 1 - tail));
  }

  /** Between the two values next to it, by its distance from each. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
