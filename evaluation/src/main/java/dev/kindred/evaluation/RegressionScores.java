package dev.kindred.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well numbers were foretold.
 *
 * @param r2 the coefficient of determination of each by its name, {@code 1 - squared errors /
 *     squared deviations from the test rows' mean}: 1 is perfect, 0 no better than that mean, below
 *     0 worse; NaN for what is the same in all test rows
 */
public record RegressionScores(Map<String, Double> r2) {
  /** Copies the map, keeping its order. */
  public RegressionScores {
    r2 = Collections.unmodifiableMap(new LinkedHashMap<>(r2));
  }

  /**
   * The score of one of them.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double of(String name) {
    Double score = r2.get(name);
    if (score == null) {
      throw new IllegalArgumentException(
          "name must be one of %s, was %s".formatted(r2.keySet(), name));
    }
    return score;
  }

  /** The mean over all that are not the same in all test rows; NaN if none is. */
  public double mean() {
    return mean(List.copyOf(r2.keySet()));
  }

  /** The mean over those of {@code names} that are not the same in all test rows. */
  public double mean(List<String> names) {
    return names.stream()
        .mapToDouble(this::of)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  static RegressionScores of(List<String> names, float[][] truth, double[][] foretold) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      double[] values = Arrays.stream(truth).mapToDouble(row -> row[column]).toArray();
      double[] guesses = Arrays.stream(foretold).mapToDouble(row -> row[column]).toArray();
      scores.put(names.get(i), r2(values, guesses));
    }
    return new RegressionScores(scores);
  }

  private static double r2(double[] truth, double[] foretold) {
    double mean = Arrays.stream(truth).average().orElseThrow();
    double errors = 0;
    double deviations = 0;
    for (int i = 0; i < truth.length; i++) {
      errors += (truth[i] - foretold[i]) * (truth[i] - foretold[i]);
      deviations += (truth[i] - mean) * (truth[i] - mean);
    }
    return deviations == 0 ? Double.NaN : 1 - errors / deviations;
  }
}
