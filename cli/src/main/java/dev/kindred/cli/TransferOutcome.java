package dev.kindred.cli;

import dev.kindred.evaluation.Classification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a task went.
 *
 * @param task its name
 * @param test how its rows were classified
 * @param accuracy as the protocol has it, in {@code [0, 1]}
 * @param measures everything measured, in JSON types
 * @param note how it was done
 */
record TransferOutcome(
    String task, Classification test, double accuracy, Map<String, Object> measures, String note) {
  /** The classes of a task that asks yes or no, as SentEval's tables name them. */
  private static final List<String> YES_OR_NO = List.of("0", "1");

  private static final String YES = "1";

  /** What all lines are under. */
  static String header() {
    return line("task", "accuracy", "F1", "rows", "");
  }

  /** The line under those of several tasks. */
  static String average(int tasks, double accuracy) {
    return line("average of " + tasks, percent(accuracy), "", "", "");
  }

  String line() {
    return line(
        task,
        percent(accuracy),
        yesOrNo() ? percent(test.f1(YES)) : "",
        String.valueOf(test.count()),
        note);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(measures);
    if (yesOrNo()) {
      map.put("f1", test.f1(YES));
    }
    return map;
  }

  /** A share times 100. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private boolean yesOrNo() {
    return test.classNames().equals(YES_OR_NO);
  }

  private static String line(String task, String accuracy, String f1, String rows, String note) {
    return "%-16s%9s%8s%8s  %s".formatted(task, accuracy, f1, rows, note).stripTrailing();
  }
}
