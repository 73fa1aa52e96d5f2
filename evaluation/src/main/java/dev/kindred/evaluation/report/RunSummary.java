package dev.kindred.evaluation.report;

import dev.kindred.train.RunWarning;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run as one of several that a report sets side by side; what is not known of it is empty.
 *
 * @param name tells it apart from the others
 * @param facts settings and versions by name, in the order in which they are shown
 * @param log its metrics, see {@link MetricsLog#read}
 * @param warnings see {@link MetricsLog#warnings}
 * @param results what it came to, such as {@code kNN accuracy}, in the order in which they are
 *     shown; NaN where a measure has no value
 * @param missing what could not be had of it, a sentence each
 */
public record RunSummary(
    String name,
    Map<String, String> facts,
    List<MetricLine> log,
    List<RunWarning> warnings,
    Map<String, Double> results,
    List<String> missing) {
  /** Copies all. */
  public RunSummary {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    log = List.copyOf(log);
    warnings = List.copyOf(warnings);
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    missing = List.copyOf(missing);
  }
}
