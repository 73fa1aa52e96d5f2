package dev.kindred.evaluation.report;

import dev.kindred.evaluation.report.MetricLine.Kind;
import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.RunWarning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code metrics.jsonl}, the metrics that a training run logs: one JSON object a line, with
 * {@code type} ({@code step} or {@code epoch}), {@code step}, {@code epoch} and any number of
 * metrics. A metric is a number, or one of the strings {@code "NaN"}, {@code "Infinity"} and {@code
 * "-Infinity"}; other values, and lines of another type, are passed over. What the run warned of
 * stands in lines of type {@code warning}.
 */
public final class MetricsLog {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);
  private static final Set<String> COORDINATES = Set.of("type", "step", "epoch");
  private static final Set<String> NON_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private MetricsLog() {}

  /**
   * The lines of {@code file} in their order. A line that is no JSON object is left out with a
   * warning: a run that was killed leaves one behind.
   *
   * @throws KindredException if the file cannot be read, or has several lines and none is a JSON
   *     object
   */
  public static List<MetricLine> read(Path file) {
    return objects(file).stream().map(MetricsLog::line).flatMap(Optional::stream).toList();
  }

  /**
   * What the run warned of while it trained: the lines of type {@code warning}, with {@code step}
   * and {@code message}, in their order.
   *
   * @throws KindredException as {@link #read}
   */
  public static List<RunWarning> warnings(Path file) {
    return objects(file).stream()
        .filter(object -> "warning".equals(object.get("type")))
        .map(
            object ->
                new RunWarning(
                    number(object, "step").longValue(),
                    String.valueOf(object.getOrDefault("message", ""))))
        .toList();
  }

  private static List<Map<String, Object>> objects(Path file) {
    try {
      // Not Files.readAllLines: it refuses bytes that are no UTF-8, which a torn line may hold.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return objects(file, text.lines().toList());
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static List<Map<String, Object>> objects(Path file, List<String> texts) {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<Map<String, Object>> object = parse(texts.get(i));
      object.ifPresent(objects::add);
      if (object.isEmpty()) {
        LOG.warn("{}: line {} is left out: not a whole JSON object", file, i + 1);
      }
    }
    if (texts.size() > 1 && objects.isEmpty()) {
      throw new KindredException(
          file + ": must hold one JSON object a line, but no line is one; is it a metrics.jsonl?");
    }
    return objects;
  }

  private static Optional<Map<String, Object>> parse(String text) {
    try {
      return Optional.ofNullable(Json.parse(text));
    } catch (IllegalArgumentException torn) {
      return Optional.empty();
    }
  }

  private static Optional<MetricLine> line(Map<String, Object> object) {
    return kind(object.get("type"))
        .map(
            kind ->
                new MetricLine(
                    kind,
                    Math.max(0, number(object, "step").longValue()),
                    Math.max(0, number(object, "epoch").intValue()),
                    values(object)));
  }

  private static Optional<Kind> kind(@Nullable Object type) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(type))
        .findFirst();
  }

  private static Number number(Map<String, Object> object, String name) {
    return object.get(name) instanceof Number number ? number : 0;
  }

  private static Map<String, Double> values(Map<String, Object> object) {
    Map<String, Double> values = new LinkedHashMap<>();
    object.forEach(
        (name, value) -> {
          if (!COORDINATES.contains(name)) {
            metric(value).ifPresent(number -> values.put(name, number));
          }
        });
    return values;
  }

  private static Optional<Double> metric(@Nullable Object value) {
    if (value instanceof Number number) {
      return Optional.of(number.doubleValue());
    }
    return value instanceof String text && NON_FINITE.contains(text)
        ? Optional.of(Double.valueOf(text))
        : Optional.empty();
  }
}
