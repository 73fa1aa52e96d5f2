package dev.kindred.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindred.evaluation.report.MetricLine.Kind;
import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code metrics.jsonl}, the metrics that a training run logs: one JSON object a line, with
 * {@code type} ({@code step} or {@code epoch}), {@code step}, {@code epoch} and any number of
 * metrics. A metric is a number, or one of the strings {@code "NaN"}, {@code "Infinity"} and {@code
 * "-Infinity"}; other values, and lines of another type, are passed over.
 */
public final class MetricsLog {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);
  private static final ObjectMapper JSON = new ObjectMapper();
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
    try {
      // Not Files.readAllLines: it refuses bytes that are no UTF-8, which a torn line may hold.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return lines(file, text.lines().toList());
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static List<MetricLine> lines(Path file, List<String> texts) {
    List<MetricLine> lines = new ArrayList<>();
    int torn = 0;
    for (int i = 0; i < texts.size(); i++) {
      Optional<JsonNode> object = parse(texts.get(i));
      object.flatMap(MetricsLog::line).ifPresent(lines::add);
      if (object.isEmpty()) {
        torn++;
        LOG.warn("{}: line {} is left out: not a whole JSON object", file, i + 1);
      }
    }
    if (torn > 1 && torn == texts.size()) {
      throw new KindredException(
          file + ": must hold one JSON object a line, but no line is one; is it a metrics.jsonl?");
    }
    return lines;
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException torn) {
      return Optional.empty();
    }
  }

  private static Optional<MetricLine> line(JsonNode object) {
    return kind(object.path("type").asText())
        .map(
            kind ->
                new MetricLine(
                    kind,
                    Math.max(0, object.path("step").asLong()),
                    Math.max(0, object.path("epoch").asInt()),
                    values(object)));
  }

  private static Optional<Kind> kind(String type) {
    return switch (type) {
      case "step" -> Optional.of(Kind.STEP);
      case "epoch" -> Optional.of(Kind.EPOCH);
      default -> Optional.empty();
    };
  }

  private static Map<String, Double> values(JsonNode object) {
    Map<String, Double> values = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            field -> {
              if (!COORDINATES.contains(field.getKey()) && isMetric(field.getValue())) {
                values.put(field.getKey(), Double.valueOf(field.getValue().asText()));
              }
            });
    return values;
  }

  private static boolean isMetric(JsonNode value) {
    return value.isNumber() || NON_FINITE.contains(value.asText());
  }
}
