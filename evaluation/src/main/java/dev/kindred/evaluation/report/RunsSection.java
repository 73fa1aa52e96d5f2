package dev.kindred.evaluation.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several runs side by side, a column each. */
final class RunsSection {
  /** Stands where a run has nothing that another has. */
  private static final String ABSENT = "—";

  private final List<RunSummary> runs;

  private RunsSection(List<RunSummary> runs) {
    this.runs = runs;
  }

  static List<Section> of(List<RunSummary> runs) {
    Set<String> names = new HashSet<>();
    for (RunSummary run : runs) {
      if (!names.add(run.name())) {
        throw new IllegalArgumentException(
            "every run must have a name of its own, but two are called " + run.name());
      }
    }
    return new RunsSection(List.copyOf(runs)).sections();
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    if (runs.stream().anyMatch(run -> !run.missing().isEmpty())) {
      sections.add(missing());
    }
    sections.add(results());
    sections.add(settings());
    Map<String, List<MetricLine>> logs = new LinkedHashMap<>();
    runs.forEach(run -> logs.put(run.name(), run.log()));
    sections.addAll(CurveSection.of(logs));
    return sections;
  }

  private Section missing() {
    List<List<String>> rows = new ArrayList<>();
    Map<String, Object> byRun = new LinkedHashMap<>();
    for (RunSummary run : runs) {
      run.missing().forEach(what -> rows.add(List.of(run.name(), what)));
      byRun.put(run.name(), run.missing());
    }
    return Section.of("What is missing", "What this page would show, but could not be had.")
        .table(Table.of("", List.of("Run", "Why"), rows))
        .data(Map.of("kind", "missing", "runs", byRun));
  }

  private Section results() {
    Set<String> measures = keys(RunSummary::results);
    String explanation =
        measures.isEmpty()
            ? "No run has been measured, so there is nothing to compare."
            : "What the runs came to. Accuracies are shares in 0 to 1; they can only be compared"
                + " where the data they were measured on are the same.";
    Section section = Section.of("Results", explanation).data(data("results", measures));
    return measures.isEmpty()
        ? section
        : section.table(
            Table.of("", headers("measure"), rows(measures, RunSummary::results, this::number)));
  }

  private Map<String, Object> data(String kind, Set<String> measures) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String measure : measures) {
      values.put(measure, column(measure, RunSummary::results));
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", kind);
    data.put("runs", names());
    data.put(kind, values);
    return data;
  }

  private Section settings() {
    Set<String> differing = new LinkedHashSet<>(keys(RunSummary::facts));
    Set<String> equal = new LinkedHashSet<>(differing);
    equal.removeIf(this::differs);
    differing.removeAll(equal);
    List<Table> tables = new ArrayList<>();
    if (!differing.isEmpty()) {
      tables.add(Table.of("", headers("setting"), rows(differing, RunSummary::facts, x -> x)));
    }
    if (!equal.isEmpty()) {
      String summary = "%d settings that are the same in all".formatted(equal.size());
      tables.add(Table.of(summary, headers("setting"), rows(equal, RunSummary::facts, x -> x)));
    }
    return Section.of("Settings", explanation(differing.size(), equal.size()))
        .tables(tables)
        .data(settings(differing, equal));
  }

  private static String explanation(int differing, int equal) {
    if (differing + equal == 0) {
      return "Nothing is known of how the runs were started.";
    }
    return differing == 0
        ? "The runs were started alike: no setting differs."
        : "What differs between the runs; the rest is folded away below.";
  }

  private Map<String, Object> settings(Set<String> differing, Set<String> equal) {
    Map<String, Object> differ = new LinkedHashMap<>();
    differing.forEach(name -> differ.put(name, column(name, RunSummary::facts)));
    Map<String, Object> same = new LinkedHashMap<>();
    equal.forEach(name -> same.put(name, Objects.requireNonNull(runs.get(0).facts().get(name))));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "settings");
    data.put("runs", names());
    data.put("differ", differ);
    data.put("same", same);
    return data;
  }

  private boolean differs(String fact) {
    return column(fact, RunSummary::facts).stream().distinct().count() > 1;
  }

  private <T> List<@Nullable T> column(String name, Function<RunSummary, Map<String, T>> of) {
    List<@Nullable T> column = new ArrayList<>();
    runs.forEach(run -> column.add(of.apply(run).get(name)));
    return column;
  }

  private <T> Set<String> keys(Function<RunSummary, Map<String, T>> of) {
    Set<String> keys = new LinkedHashSet<>();
    runs.forEach(run -> keys.addAll(of.apply(run).keySet()));
    return keys;
  }

  private List<String> names() {
    return runs.stream().map(RunSummary::name).toList();
  }

  private List<String> headers(String first) {
    List<String> headers = new ArrayList<>(List.of(first));
    headers.addAll(names());
    return headers;
  }

  private <T> List<List<String>> rows(
      Set<String> names, Function<RunSummary, Map<String, T>> of, Function<T, String> text) {
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(name));
      column(name, of).forEach(value -> row.add(value == null ? ABSENT : text.apply(value)));
      rows.add(row);
    }
    return rows;
  }

  private String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "NaN";
  }
}
