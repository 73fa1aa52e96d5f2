package dev.kindred.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * Where a number lies with some confidence.
 *
 * @param low the lower end
 * @param high the upper end, {@code >= low}
 */
public record Interval(double low, double high) {
  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException if one is NaN, or {@code low} is above {@code high}
   */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "low must be at most high, were %s and %s".formatted(low, high));
    }
  }

  /** Half the width: what stands after ±. */
  public double margin() {
    return (high - low) / 2;
  }

  /** The ends, for JSON. */
  public List<Double> toList() {
    return List.of(low, high);
  }

  /** {@code [0.4086, 0.4280]}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "[%.4f, %.4f]", low, high);
  }
}
