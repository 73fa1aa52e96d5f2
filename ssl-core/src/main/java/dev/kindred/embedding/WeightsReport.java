package dev.kindred.embedding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the tensors that a model was given from outside.
 *
 * @param matched the names that were taken over, with their shapes
 * @param missing the names that the encoder needs and the source lacks; these kept their values
 * @param left the names that the source has beyond the encoder's, such as a classifier's
 */
public record WeightsReport(List<String> matched, List<String> missing, List<String> left) {
  private static final int SHOWN = 3;

  /** Copies the lists. */
  public WeightsReport {
    matched = List.copyOf(matched);
    missing = List.copyOf(missing);
    left = List.copyOf(left);
  }

  /** One line, such as {@code 100 tensors taken over, 2 left (fc.weight, fc.bias)}. */
  public String summary() {
    return "%d tensors taken over%s%s"
        .formatted(matched.size(), counted(missing, "missing"), counted(left, "left"));
  }

  /** The number of tensors that were taken over and the names of the others, in JSON types. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("matched", matched.size());
    settings.put("missing", missing);
    settings.put("left", left);
    return settings;
  }

  private static String counted(List<String> names, String what) {
    return names.isEmpty() ? "" : ", %d %s (%s)".formatted(names.size(), what, first(names));
  }

  private static String first(List<String> names) {
    String all = String.join(", ", names.stream().limit(SHOWN).toList());
    return names.size() > SHOWN ? all + ", ..." : all;
  }
}
