package dev.kindred.text.data;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.Names;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Some members of the JSON objects of which there is one a line. */
record JsonRows(Columns columns) implements RowFormat {
  private static final int SHOWN = 40;

  @Override
  public Row row(String line, Complaint complaint) {
    Map<String, Object> object = object(line, complaint);
    if (columns.texts().isEmpty()) {
      throw complaint.about(
          "say which columns hold the texts; there are: " + String.join(", ", object.keySet()),
          null);
    }
    List<String> texts =
        columns.texts().stream().map(name -> text(object, name, complaint)).toList();
    return new Row(texts, columns.label().map(name -> label(object, name, complaint)).orElse(""));
  }

  private static Map<String, Object> object(String line, Complaint complaint) {
    try {
      return Json.parse(line);
    } catch (IllegalArgumentException e) {
      throw complaint.about("must be one JSON object: " + e.getMessage(), e);
    }
  }

  private static String text(Map<String, Object> object, String name, Complaint complaint) {
    Object value = member(object, name, complaint);
    if (value instanceof String text) {
      return text.strip();
    }
    throw complaint.about("\"%s\" must be a string, is %s".formatted(name, shortened(value)), null);
  }

  private String label(Map<String, Object> object, String name, Complaint complaint) {
    Object label = member(object, name, complaint);
    if (label instanceof Map || label instanceof List) {
      throw complaint.about(
          "\"%s\" must be a string, a number, true, false or null, is %s"
              .formatted(name, shortened(label)),
          null);
    }
    return columns.label(name, Objects.toString(label, "").strip(), complaint);
  }

  private static String shortened(@Nullable Object value) {
    String whole = value == null ? "null" : Json.line(value);
    return whole.length() > SHOWN ? whole.substring(0, SHOWN) + "..." : whole;
  }

  private static @Nullable Object member(
      Map<String, Object> object, String name, Complaint complaint) {
    if (!object.containsKey(name)) {
      throw complaint.about(Names.unknown("column", name, object.keySet()), null);
    }
    return object.get(name);
  }
}
