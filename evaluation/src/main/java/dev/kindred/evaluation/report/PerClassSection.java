package dev.kindred.evaluation.report;

import dev.kindred.evaluation.report.Chart.Bar;
import dev.kindred.evaluation.report.Chart.Bars;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** How well each class is told from the others: the outermost as bars, all as a table. */
final class PerClassSection {
  /** More bars than twice this are more than one can read. */
  static final int ENDS = 20;

  private final List<String> classNames;
  private final Map<String, double[]> accuracies;

  private PerClassSection(List<String> classNames, Map<String, double[]> accuracies) {
    this.classNames = classNames;
    this.accuracies = accuracies;
  }

  static Section of(List<String> classNames, Map<String, double[]> accuracies) {
    accuracies.forEach((name, values) -> require(name, values, classNames.size()));
    return new PerClassSection(List.copyOf(classNames), accuracies).section();
  }

  private static void require(String name, double[] values, int classes) {
    if (values.length != classes) {
      throw new IllegalArgumentException(
          "accuracies must have one value for each of the %d classes, but %s has %d"
              .formatted(classes, name, values.length));
    }
    for (double value : values) {
      if (value < 0 || value > 1) {
        throw new IllegalArgumentException(
            "accuracies must be in [0, 1], or NaN for a class without examples, but %s has %s"
                .formatted(name, value));
      }
    }
  }

  private Section section() {
    if (classNames.isEmpty() || accuracies.isEmpty()) {
      return Section.of("Classes", "Nothing was classified, so no class has an accuracy.")
          .data(data());
    }
    List<Integer> order = order();
    List<Integer> drawn = ends(order);
    return Section.of("Classes", explanation(drawn.size()))
        .charts(List.of(Chart.bars(new Bars(names(drawn), bars(drawn)))))
        .table(table(order))
        .data(data());
  }

  private Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "per_class");
    data.put("classes", classNames);
    data.put("accuracies", accuracies);
    return data;
  }

  private String explanation(int drawn) {
    String ends =
        drawn == classNames.size()
            ? ""
            : " Drawn are the %d best and the %d worst of %d; the table has all."
                .formatted(ENDS, ENDS, classNames.size());
    return "The share of each class's examples that were classified right, best class first."
        + ends;
  }

  /** By the first accuracy, best first; classes without examples come last. */
  private List<Integer> order() {
    double[] first = accuracies.values().iterator().next();
    Comparator<Integer> worst =
        Comparator.comparingDouble(index -> Double.isNaN(first[index]) ? -1 : first[index]);
    return IntStream.range(0, classNames.size()).boxed().sorted(worst.reversed()).toList();
  }

  private static List<Integer> ends(List<Integer> order) {
    if (order.size() <= 2 * ENDS) {
      return order;
    }
    List<Integer> ends = new ArrayList<>(order.subList(0, ENDS));
    ends.addAll(order.subList(order.size() - ENDS, order.size()));
    return ends;
  }

  private List<String> names(List<Integer> classes) {
    return classes.stream().map(classNames::get).toList();
  }

  private List<Bar> bars(List<Integer> classes) {
    return accuracies.entrySet().stream()
        .map(
            series ->
                new Bar(
                    series.getKey(),
                    classes.stream().map(index -> series.getValue()[index]).toList()))
        .toList();
  }

  private Table table(List<Integer> order) {
    List<String> headers = new ArrayList<>(List.of("Class"));
    headers.addAll(accuracies.keySet());
    return Table.of("All classes as a table", headers, order.stream().map(this::row).toList());
  }

  private List<String> row(int index) {
    List<String> row = new ArrayList<>(List.of(classNames.get(index)));
    accuracies.values().forEach(values -> row.add(percent(values[index])));
    return row;
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
