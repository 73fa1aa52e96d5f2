package dev.kindred.method;

import dev.kindred.runtime.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a method from the components of its record. */
final class MethodSettings {
  private MethodSettings() {}

  static Map<String, Object> of(String name, Record method) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", name);
    settings.putAll(Json.parse(Json.line(method)));
    return settings;
  }
}
