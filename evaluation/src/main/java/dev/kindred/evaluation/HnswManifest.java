package dev.kindred.evaluation;

import dev.kindred.runtime.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is true of a whole index. It is a part of each commit, and so never out of step with the
 * vectors.
 *
 * @param dimension the vectors' width
 * @param settings what its graph is built by
 * @param classNames the names of the classes, in the order of their labels
 */
record HnswManifest(int dimension, HnswSettings settings, List<String> classNames) {
  private static final String KEY = "kindred";
  private static final int FORMAT = 1;

  /** As a commit keeps it. */
  Map<String, String> toCommit() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("format", FORMAT);
    values.put("dimension", dimension);
    values.put("m", settings.m());
    values.put("ef_construction", settings.efConstruction());
    values.put("class_names", classNames);
    return Map.of(KEY, Json.line(values));
  }

  /**
   * What a commit kept; null if another program made it.
   *
   * @throws IllegalArgumentException if this version cannot read it
   */
  static @Nullable HnswManifest of(Map<String, String> commit) {
    String text = commit.get(KEY);
    if (text == null) {
      return null;
    }
    Map<String, Object> values = Json.parse(text);
    if (!Objects.equals(values.get("format"), FORMAT)) {
      throw new IllegalArgumentException(
          "format must be %d, was %s".formatted(FORMAT, values.get("format")));
    }
    return new HnswManifest(
        number(values, "dimension"),
        new HnswSettings(number(values, "m"), number(values, "ef_construction")),
        values.get("class_names") instanceof List<?> names
            ? names.stream().map(String::valueOf).toList()
            : List.of());
  }

  private static int number(Map<String, Object> values, String name) {
    if (values.get(name) instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException("%s must be a number".formatted(name));
  }
}
