package dev.kindred.cli;

import dev.kindred.evaluation.Bootstrap;
import dev.kindred.evaluation.Classification;
import dev.kindred.evaluation.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A {@link Classification} in lines to print. */
final class ClassificationTable {
  private static final int CONFUSIONS = 3;

  private ClassificationTable() {}

  static List<String> lines(Classification result) {
    List<String> lines = new ArrayList<>();
    List<Classification.ClassAccuracy> classes = result.perClass();
    int width = classes.stream().mapToInt(one -> one.name().length()).max().orElse(0);
    for (Classification.ClassAccuracy one : classes) {
      lines.add(format("%-" + width + "s  %.4f  of %d", one.name(), one.accuracy(), one.count()));
    }
    if (!result.confusions().isEmpty()) {
      lines.add("taken for each other: " + confusions(result));
    }
    Map<String, Interval> intervals = result.intervals(Bootstrap.defaults());
    result
        .metrics()
        .forEach((name, value) -> lines.add(metric(name, value, intervals, result.count())));
    return lines;
  }

  /** The accuracy comes with what it is of. */
  private static String metric(
      String name, double value, Map<String, Interval> intervals, int count) {
    Interval interval = Objects.requireNonNull(intervals.get(name));
    return name.equals("accuracy")
        ? format("accuracy %.4f of %d, 95 %% in %s by bootstrap", value, count, interval)
        : format("%s %.4f %s", name.replace('_', ' '), value, interval);
  }

  private static String confusions(Classification result) {
    List<String> names = result.classNames();
    return result.confusions().stream()
        .limit(CONFUSIONS)
        .map(
            one ->
                "%s as %s %d"
                    .formatted(
                        names.get(one.truth()), names.get(one.predicted()), one.rows().size()))
        .collect(Collectors.joining(", "));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
