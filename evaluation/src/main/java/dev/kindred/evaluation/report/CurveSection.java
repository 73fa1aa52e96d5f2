package dev.kindred.evaluation.report;

import dev.kindred.evaluation.report.Chart.Line;
import dev.kindred.evaluation.report.Chart.Lines;
import dev.kindred.evaluation.report.MetricLine.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How runs went: a chart for each metric, what tells of the representations apart. Metrics of steps
 * are drawn over steps, with their values by epoch where there are such too; metrics of epochs
 * alone are drawn over epochs. Of several runs each is a line in each chart.
 */
final class CurveSection {
  /** Stretches that all lines of a chart have together, so that many runs do not make it heavy. */
  private static final int STRETCHES = 4 * Thinning.STRETCHES;

  private CurveSection() {}

  /**
   * A metric, in one chart.
   *
   * @param over what x is
   * @param compared see {@link Lines}
   */
  private record Curve(String metric, String over, List<Series> series, List<String> compared) {
    boolean ofRepresentations() {
      return DiagnosticNotes.has(metric);
    }

    Chart chart() {
      List<Line> lines =
          series.stream().map(one -> new Line(one.name, one.points(series.size()))).toList();
      return Chart.lines(metric.replace('_', ' '), note(), new Lines(over, lines, compared));
    }

    private String note() {
      Stream<String> broken =
          compared.isEmpty()
              ? Stream.of(series.get(0).broken(over))
              : series.stream().map(one -> prefixed(one.name, one.broken(over)));
      Stream<String> all = Stream.concat(Stream.of(DiagnosticNotes.of(metric)), broken);
      return String.join(" ", all.filter(text -> !text.isEmpty()).toList());
    }

    private static String prefixed(String name, String text) {
      return text.isEmpty() ? "" : name + ": " + text;
    }

    Map<String, Object> data() {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("metric", metric);
      data.put("over", over);
      data.put("series", series.stream().map(one -> one.data(series.size())).toList());
      return data;
    }
  }

  private record Series(String name, SortedMap<Long, Double> values) {
    List<float[]> points(int siblings) {
      return Thinning.of(values, Math.max(1, Math.min(Thinning.STRETCHES, STRETCHES / siblings)));
    }

    private List<Long> notFinite() {
      return values.entrySet().stream()
          .filter(point -> !Double.isFinite(point.getValue()))
          .map(Map.Entry::getKey)
          .toList();
    }

    String broken(String over) {
      List<Long> broken = notFinite();
      return broken.isEmpty()
          ? ""
          : "NaN or infinite at %d of %d %ss, first at %s %d."
              .formatted(broken.size(), values.size(), over, over, broken.get(0));
    }

    Map<String, Object> data(int siblings) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("name", name);
      data.put("count", values.size());
      data.put("not_finite", notFinite().size());
      data.put("points", points(siblings));
      return data;
    }
  }

  /** A run's curves. */
  static List<Section> of(List<MetricLine> log) {
    Map<String, SortedMap<Long, Double>> steps = values(log, Kind.STEP, MetricLine::step);
    Map<String, SortedMap<Long, Double>> means = values(log, Kind.EPOCH, MetricLine::step);
    Map<String, SortedMap<Long, Double>> epochs = values(log, Kind.EPOCH, MetricLine::epoch);
    List<Curve> curves = new ArrayList<>();
    steps.forEach((metric, each) -> curves.add(overSteps(metric, each, means.get(metric))));
    epochs.keySet().removeAll(steps.keySet());
    epochs.forEach(
        (metric, each) ->
            curves.add(
                new Curve(metric, "epoch", List.of(new Series("by epoch", each)), List.of())));
    return sections(
        curves,
        "What the run logged while it trained, one chart a metric. A healthy loss falls and levels"
            + " out; a sudden jump, or a loss that stays flat from the first step, is a sign of"
            + " trouble.");
  }

  private static Curve overSteps(
      String metric, SortedMap<Long, Double> steps, @Nullable SortedMap<Long, Double> means) {
    Series each = new Series("by step", steps);
    List<Series> series =
        means == null ? List.of(each) : List.of(each, new Series("by epoch", means));
    return new Curve(metric, "step", series, List.of());
  }

  /**
   * The curves of several runs, one chart a metric.
   *
   * @param logs by the runs' names
   */
  static List<Section> of(Map<String, List<MetricLine>> logs) {
    Set<String> metrics = new LinkedHashSet<>();
    logs.values().forEach(log -> log.forEach(line -> metrics.addAll(line.values().keySet())));
    return sections(
        metrics.stream().map(metric -> curve(metric, logs)).toList(),
        "What the runs logged while they trained, one chart a metric and one line a run. Losses"
            + " can only be compared where method and batch are the same.");
  }

  /** Over steps if a run has it by step, and then of runs that have not, what epochs ended with. */
  private static Curve curve(String metric, Map<String, List<MetricLine>> logs) {
    boolean overSteps =
        logs.values().stream()
            .flatMap(List::stream)
            .anyMatch(line -> line.kind() == Kind.STEP && line.values().containsKey(metric));
    List<Series> series = new ArrayList<>();
    logs.forEach(
        (run, log) -> {
          SortedMap<Long, Double> values = values(metric, log, overSteps);
          if (!values.isEmpty()) {
            series.add(new Series(run, values));
          }
        });
    return new Curve(metric, overSteps ? "step" : "epoch", series, List.copyOf(logs.keySet()));
  }

  private static SortedMap<Long, Double> values(
      String metric, List<MetricLine> log, boolean overSteps) {
    SortedMap<Long, Double> none = new TreeMap<>();
    SortedMap<Long, Double> steps =
        values(log, Kind.STEP, MetricLine::step).getOrDefault(metric, none);
    return steps.isEmpty()
        ? values(log, Kind.EPOCH, overSteps ? MetricLine::step : MetricLine::epoch)
            .getOrDefault(metric, none)
        : steps;
  }

  /** By name; a step that was logged twice, as by a resumed run, counts as it was logged last. */
  private static Map<String, SortedMap<Long, Double>> values(
      List<MetricLine> log, Kind kind, ToLongFunction<MetricLine> position) {
    Map<String, SortedMap<Long, Double>> curves = new LinkedHashMap<>();
    for (MetricLine line : log) {
      if (line.kind() == kind) {
        long x = position.applyAsLong(line);
        line.values()
            .forEach(
                (name, y) -> curves.computeIfAbsent(name, unseen -> new TreeMap<>()).put(x, y));
      }
    }
    return curves;
  }

  private static List<Section> sections(List<Curve> curves, String explanation) {
    List<Curve> training = curves.stream().filter(one -> !one.ofRepresentations()).toList();
    List<Curve> diagnostics = curves.stream().filter(Curve::ofRepresentations).toList();
    List<Section> sections = new ArrayList<>();
    sections.add(
        section(
            "Training",
            training.isEmpty()
                ? "No metrics were logged, so there is nothing to draw."
                : explanation,
            training));
    if (!diagnostics.isEmpty()) {
      sections.add(
          section(
              "Representations while training",
              "How the representations of a batch were, told without labels. Where all inputs come"
                  + " to lie in one point or on one line (collapse), the loss may look fine, but"
                  + " these do not.",
              diagnostics));
    }
    return sections;
  }

  private static Section section(String heading, String explanation, List<Curve> curves) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "curves");
    data.put("curves", curves.stream().map(Curve::data).toList());
    return Section.of(heading, explanation)
        .charts(curves.stream().map(Curve::chart).toList())
        .data(data);
  }
}
