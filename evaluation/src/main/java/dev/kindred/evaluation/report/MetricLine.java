package dev.kindred.evaluation.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a training run logged at one moment.
 *
 * @param kind whether it describes one step or a whole epoch
 * @param step the optimizer steps done by then, from 0
 * @param epoch the epoch that the step belongs to
 * @param values the metrics by name, in the order in which they were logged; may be NaN or infinite
 */
public record MetricLine(Kind kind, long step, int epoch, Map<String, Double> values) {
  /** What a line describes. */
  public enum Kind {
    /** One optimizer step. */
    STEP,
    /** An epoch, at its end. */
    EPOCH
  }

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if {@code step} or {@code epoch} is negative
   */
  public MetricLine {
    if (step < 0 || epoch < 0) {
      throw new IllegalArgumentException(
          "step and epoch must be >= 0, were %d and %d".formatted(step, epoch));
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
