package dev.kindred.evaluation.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures in strips. */
record Gallery(List<Strip> strips) {
  /**
   * Pictures side by side.
   *
   * @param title what they have in common; may be empty
   * @param query what the others are compared with, set apart before them: one or none
   */
  record Strip(String title, List<Picture> query, List<Picture> pictures) {}

  /**
   * A picture with what is known of it.
   *
   * @param image a data URI, or empty
   * @param label the name of its class, or empty
   * @param similarity to the query, or empty where there is none
   * @param verdict {@code right}, {@code wrong} or, where nothing is labelled, empty
   */
  record Picture(String id, String image, String label, String similarity, String verdict) {
    /** The verdict as a sign, so that it does not hang on colour alone. */
    String sign() {
      return switch (verdict) {
        case "right" -> "✓";
        case "wrong" -> "✗";
        default -> "";
      };
    }

    /** For {@code report.json}: what is known, but for the image. */
    Map<String, Object> data() {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("id", id);
      putUnlessEmpty(data, "label", label);
      if (!similarity.isEmpty()) {
        data.put("similarity", Double.valueOf(similarity));
      }
      putUnlessEmpty(data, "verdict", verdict);
      return data;
    }

    private static void putUnlessEmpty(Map<String, Object> data, String key, String value) {
      if (!value.isEmpty()) {
        data.put(key, value);
      }
    }
  }
}
