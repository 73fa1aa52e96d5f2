package dev.kindred.evaluation.report;

import dev.kindred.evaluation.report.Chart.Line;
import dev.kindred.evaluation.report.Chart.Lines;
import dev.kindred.evaluation.report.MetricLine.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * How a run went: a chart for each metric, what tells of the representations apart. Metrics of
 * steps are drawn over steps, with their values by epoch where there are such too; metrics of
 * epochs alone are drawn over epochs.
 */
final class CurveSection {
  private CurveSection() {}

  static List<Section> of(List<MetricLine> log) {
    Map<Boolean, List<Chart>> charts =
        charts(log).entrySet().stream()
            .collect(
                Collectors.partitioningBy(
                    chart -> DiagnosticNotes.has(chart.getKey()),
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    List<Chart> ofRepresentations = charts.getOrDefault(true, List.of());
    Section training = training(charts.getOrDefault(false, List.of()));
    return ofRepresentations.isEmpty()
        ? List.of(training)
        : List.of(training, representations(ofRepresentations));
  }

  private static Section training(List<Chart> charts) {
    String explanation =
        charts.isEmpty()
            ? "No metrics were logged, so there is nothing to draw."
            : "What the run logged while it trained, one chart a metric. A healthy loss falls and"
                + " levels out; a sudden jump, or a loss that stays flat from the first step, is a"
                + " sign of trouble.";
    return Section.of("Training", explanation).charts(charts);
  }

  private static Section representations(List<Chart> charts) {
    String explanation =
        "How the representations of a batch were, told without labels. Where all inputs come to"
            + " lie in one point or on one line (collapse), the loss may look fine, but these do"
            + " not.";
    return Section.of("Representations while training", explanation).charts(charts);
  }

  /** By the metric's name. */
  private static Map<String, Chart> charts(List<MetricLine> log) {
    Map<String, SortedMap<Long, Double>> steps = curves(log, Kind.STEP, MetricLine::step);
    Map<String, SortedMap<Long, Double>> means = curves(log, Kind.EPOCH, MetricLine::step);
    Map<String, SortedMap<Long, Double>> epochs = curves(log, Kind.EPOCH, MetricLine::epoch);
    Map<String, Chart> charts = new LinkedHashMap<>();
    steps.forEach(
        (name, curve) ->
            charts.put(name, overSteps(name, curve, means.getOrDefault(name, new TreeMap<>()))));
    epochs.keySet().removeAll(steps.keySet());
    epochs.forEach((name, curve) -> charts.put(name, overEpochs(name, curve)));
    return charts;
  }

  /** By name; a step that was logged twice, as by a resumed run, counts as it was logged last. */
  private static Map<String, SortedMap<Long, Double>> curves(
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

  private static Chart overSteps(
      String name, SortedMap<Long, Double> curve, SortedMap<Long, Double> byEpoch) {
    Line each = new Line("by step", Thinning.of(curve));
    Line means = new Line("by epoch", Thinning.of(byEpoch));
    return chart(name, "step", curve, byEpoch.isEmpty() ? List.of(each) : List.of(each, means));
  }

  private static Chart overEpochs(String name, SortedMap<Long, Double> curve) {
    return chart(name, "epoch", curve, List.of(new Line("by epoch", Thinning.of(curve))));
  }

  private static Chart chart(
      String name, String over, SortedMap<Long, Double> curve, List<Line> lines) {
    String note = (DiagnosticNotes.of(name) + " " + broken(over, curve)).strip();
    return Chart.lines(name.replace('_', ' '), note, new Lines(over, lines));
  }

  private static String broken(String over, SortedMap<Long, Double> curve) {
    List<Long> broken =
        curve.entrySet().stream()
            .filter(point -> !Double.isFinite(point.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return broken.isEmpty()
        ? ""
        : "NaN or infinite at %d of %d %ss, first at %s %d."
            .formatted(broken.size(), curve.size(), over, over, broken.get(0));
  }
}
