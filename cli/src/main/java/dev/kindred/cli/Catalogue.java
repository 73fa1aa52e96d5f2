package dev.kindred.cli;

import dev.kindred.runtime.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Things that a user chooses by name.
 *
 * @param <T> the things
 */
final class Catalogue<T> {
  private final String kind;
  private final Map<String, Item<T>> items = new LinkedHashMap<>();

  private record Item<T>(T value, String description) {}

  /** An empty one of {@code kind}, such as {@code method}. */
  Catalogue(String kind) {
    this.kind = kind;
  }

  /** Adds one; the description is a line that ends with the paper. */
  Catalogue<T> with(String name, T value, String description) {
    items.put(name, new Item<>(value, description));
    return this;
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException naming the nearest, if there is none
   */
  T get(String name) {
    Item<T> item = items.get(name);
    if (item == null) {
      throw new IllegalArgumentException(Names.unknown(kind, name, items.keySet()));
    }
    return item.value();
  }

  /** One aligned line each: the name and the description. */
  List<String> lines() {
    int width = items.keySet().stream().mapToInt(String::length).max().orElse(0);
    return items.entrySet().stream()
        .map(e -> ("%-" + width + "s  %s").formatted(e.getKey(), e.getValue().description()))
        .toList();
  }
}
