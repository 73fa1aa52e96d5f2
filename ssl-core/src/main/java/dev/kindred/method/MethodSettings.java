package dev.kindred.method;

import dev.kindred.runtime.Json;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a method from the components of its record. */
public final class MethodSettings {
  private static final String NAME = "name";

  private MethodSettings() {}

  /** The {@code name} first, then the components in their order. */
  public static Map<String, Object> of(String name, Record method) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(NAME, name);
    settings.putAll(Json.parse(Json.line(method)));
    return settings;
  }

  /** The same where a component may be one of several records: each says its class. */
  static Map<String, Object> named(String name, Record method) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(NAME, name);
    for (RecordComponent component : method.getClass().getRecordComponents()) {
      Object value = value(component, method);
      settings.put(
          component.getName(),
          value instanceof Record part ? named(part.getClass().getSimpleName(), part) : value);
    }
    return Json.plain(settings);
  }

  private static Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "%s cannot be read of %s; make the record public".formatted(component.getName(), of), e);
    }
  }
}
