package dev.kindred.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How several representations do on several tasks that none of them was trained on, each by a
 * linear classifier of its own: what was learned on one set of data is worth something if it beats,
 * on others, the same network untrained and the input as it is.
 *
 * @param results from the name of a representation to the results by the name of a task; every
 *     representation has the same tasks, in the same order
 */
public record TransferTable(Map<String, Map<String, TransferResult>> results) {
  private static final int CELL = 18;

  /**
   * Copies the results.
   *
   * @throws IllegalArgumentException if there is no representation or no task, or two
   *     representations have other tasks
   */
  public TransferTable {
    Map<String, Map<String, TransferResult>> copy = new LinkedHashMap<>();
    results.forEach(
        (name, row) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(row))));
    results = Collections.unmodifiableMap(copy);
    List<List<String>> tasks =
        copy.values().stream().map(row -> List.copyOf(row.keySet())).distinct().toList();
    if (tasks.size() != 1 || tasks.get(0).isEmpty()) {
      throw new IllegalArgumentException(
          "every representation must have the same tasks, one or more, had " + tasks);
    }
  }

  /** The names of the representations. */
  public List<String> names() {
    return List.copyOf(results.keySet());
  }

  /** The names of the tasks. */
  public List<String> tasks() {
    return List.copyOf(results.values().iterator().next().keySet());
  }

  /**
   * The accuracy of a representation on a task, in {@code [0, 1]}.
   *
   * @throws NullPointerException if there is no such representation or task
   */
  public double accuracy(String name, String task) {
    return result(name, task).test().accuracy();
  }

  private TransferResult result(String name, String task) {
    return Objects.requireNonNull(Objects.requireNonNull(results.get(name), name).get(task), task);
  }

  /**
   * The mean over the tasks of a representation's rank by accuracy, 1 for the best; equal ones
   * share the mean of their ranks. A mean of accuracies would be ruled by the task on which they
   * differ most.
   */
  public double meanRank(String name) {
    return tasks().stream().mapToDouble(task -> rank(name, task)).average().orElseThrow();
  }

  private double rank(String name, String task) {
    double own = accuracy(name, task);
    long better = names().stream().filter(other -> accuracy(other, task) > own).count();
    long equal = names().stream().filter(other -> accuracy(other, task) == own).count();
    return better + (equal + 1) / 2.0;
  }

  /** What the columns of {@link #cells} are. */
  public List<String> headers() {
    List<String> headers = new ArrayList<>();
    headers.add("representation");
    headers.addAll(tasks());
    headers.add("mean rank");
    return headers;
  }

  /**
   * A row for each representation: its name, for each task the accuracy with half the width of its
   * {@linkplain Bootstrap#defaults bootstrap interval} of 95 %, and its mean rank.
   */
  public List<List<String>> cells() {
    return names().stream().map(this::cells).toList();
  }

  private List<String> cells(String name) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    tasks().forEach(task -> cells.add(cell(result(name, task).test())));
    cells.add(String.format(Locale.ROOT, "%.2f", meanRank(name)));
    return cells;
  }

  private static String cell(Classification test) {
    return String.format(
        Locale.ROOT, "%.4f ± %.4f", test.accuracy(), test.accuracyInterval().margin());
  }

  /** The table as aligned lines. */
  public List<String> lines() {
    List<List<String>> rows = new ArrayList<>(List.of(headers()));
    rows.addAll(cells());
    int first = rows.stream().mapToInt(row -> row.get(0).length()).max().orElseThrow();
    int others = headers().stream().mapToInt(header -> header.length() + 2).max().orElseThrow();
    String format = "%" + Math.max(CELL, others) + "s";
    return rows.stream().map(row -> line(row, "%-" + first + "s", format)).toList();
  }

  private static String line(List<String> cells, String first, String others) {
    StringBuilder line = new StringBuilder(first.formatted(cells.get(0)));
    cells.stream().skip(1).forEach(cell -> line.append(others.formatted(cell)));
    return line.toString();
  }

  /**
   * Everything in JSON types: for each representation {@code mean_rank} and for each task what
   * {@link TransferResult#toMap} holds.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    results.forEach(
        (name, row) -> {
          Map<String, Object> tasks = new LinkedHashMap<>();
          tasks.put("mean_rank", meanRank(name));
          row.forEach((task, result) -> tasks.put(task, result.toMap()));
          map.put(name, tasks);
        });
    return map;
  }
}
