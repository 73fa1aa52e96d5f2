package dev.kindred.evaluation;

import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * The same measurement several times, each from other training rows.
 *
 * @param runs two or more, over the same classes
 * @param trainCount how many rows each learned from
 */
public record Repeated(List<Classification> runs, int trainCount) {
  /** The confidence of {@link #interval}: 95 %. */
  public static final double LEVEL = Bootstrap.DEFAULT_LEVEL;

  /**
   * Copies the runs.
   *
   * @throws IllegalArgumentException if there are fewer than two, or {@code trainCount < 1}
   */
  public Repeated {
    runs = List.copyOf(runs);
    Require.that(runs.size() >= 2, "runs", "two or more", runs.size());
    Require.atLeastOne("trainCount", trainCount);
  }

  /**
   * The mean of a metric over the runs.
   *
   * @param metric one of {@link Classification#metrics}
   */
  public double mean(String metric) {
    return of(metric).getMean();
  }

  /** The sample standard deviation of a metric over the runs. */
  public double deviation(String metric) {
    return of(metric).getStandardDeviation();
  }

  /**
   * Where the mean over all possible draws lies with confidence {@link #LEVEL}, by Student's
   * distribution: {@code mean +- t deviation / sqrt(runs)}. The test rows are taken as given.
   */
  public Interval interval(String metric) {
    StreamingStatistics values = of(metric);
    double t = new TDistribution(runs.size() - 1.0).inverseCumulativeProbability((1 + LEVEL) / 2);
    double half = t * values.getStandardDeviation() / Math.sqrt(runs.size());
    return new Interval(values.getMean() - half, values.getMean() + half);
  }

  /**
   * Everything in JSON types: for each of {@link Classification#metrics} its mean by its name,
   * {@code NAME_deviation} and {@code NAME_interval}; {@code repeats}, {@code train_count}, {@code
   * count}, {@code classes}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String metric : runs.get(0).metrics().keySet()) {
      map.put(metric, mean(metric));
      map.put(metric + "_deviation", deviation(metric));
      map.put(metric + "_interval", interval(metric).toList());
    }
    map.put("repeats", runs.size());
    map.put("train_count", trainCount);
    map.put("count", runs.get(0).count());
    map.put("classes", runs.get(0).classNames());
    return map;
  }

  private StreamingStatistics of(String metric) {
    StreamingStatistics values = new StreamingStatistics();
    runs.forEach(run -> values.addValue(Objects.requireNonNull(run.metrics().get(metric), metric)));
    return values;
  }
}
