package dev.kindred.text.tokenizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose every field must be read or knowingly ignored, so that no option of a file
 * goes unnoticed. All methods throw {@link IllegalArgumentException} for a value of another kind.
 */
final class Fields {
  private final String where;
  private final Map<?, ?> values;
  private final Set<Object> read = new HashSet<>();

  Fields(String where, @Nullable Object value) {
    this.where = where;
    this.values = cast(Map.class, shown(where), value);
  }

  /** The object of a name, none if it is missing or null. */
  Optional<Fields> object(String name) {
    return Optional.ofNullable(get(name)).map(value -> new Fields(path(name), value));
  }

  Fields requireObject(String name) {
    return new Fields(path(name), require(name));
  }

  /** The list of a name, empty if it is missing or null. */
  List<Object> list(String name) {
    Object value = get(name);
    return value == null ? List.of() : items(path(name), value);
  }

  /** The list's objects. */
  List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (Object value : list(name)) {
      objects.add(new Fields(path(name) + " " + objects.size(), value));
    }
    return objects;
  }

  boolean flag(String name) {
    return cast(Boolean.class, path(name), require(name));
  }

  Optional<Boolean> optionalFlag(String name) {
    return Optional.ofNullable(get(name)).map(value -> cast(Boolean.class, path(name), value));
  }

  String text(String name) {
    return cast(String.class, path(name), require(name));
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable(get(name)).map(value -> cast(String.class, path(name), value));
  }

  int number(String name) {
    return cast(Integer.class, path(name), require(name));
  }

  /** A fraction of a name, 0 if it is missing or null. */
  double fraction(String name) {
    Object value = get(name);
    return value == null ? 0 : cast(Number.class, path(name), value).doubleValue();
  }

  /** The names of all fields. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    values.keySet().forEach(name -> names.add(String.valueOf(name)));
    return names;
  }

  /** What {@code type} says, empty if it says nothing. */
  String type() {
    return optionalText("type").orElse("");
  }

  /** Passes over fields that have no part in cutting a text into pieces. */
  Fields ignore(String... names) {
    read.addAll(List.of(names));
    return this;
  }

  /**
   * To be called when all known fields have been read.
   *
   * @throws IllegalArgumentException if there are others
   */
  void end() {
    Set<String> unread = names();
    unread.removeIf(read::contains);
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has the unknown option %s, which may change the pieces"
              .formatted(shown(where), String.join(", ", unread)));
    }
  }

  private @Nullable Object get(String name) {
    read.add(name);
    return values.get(name);
  }

  /** The value of a name, of whatever kind. */
  Object require(String name) {
    Object value = get(name);
    if (value == null) {
      throw new IllegalArgumentException(path(name) + " is missing");
    }
    return value;
  }

  private String path(String name) {
    return where.isEmpty() ? name : where + "." + name;
  }

  static List<Object> items(String where, Object value) {
    List<?> items = cast(List.class, where, value);
    if (items.contains(null)) {
      throw new IllegalArgumentException(where + " must hold no null, does");
    }
    return List.copyOf(items);
  }

  static <T> T cast(Class<T> type, String where, @Nullable Object value) {
    if (!type.isInstance(value)) {
      String was = String.valueOf(value);
      throw new IllegalArgumentException(
          "%s must be %s, was %s"
              .formatted(where, name(type), was.substring(0, Math.min(40, was.length()))));
    }
    return type.cast(value);
  }

  private static String shown(String where) {
    return where.isEmpty() ? "the file" : where;
  }

  private static String name(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "Map" -> "an object";
      case "List" -> "a list";
      case "String" -> "a string";
      case "Boolean" -> "true or false";
      case "Integer" -> "a whole number";
      default -> "a number";
    };
  }
}
