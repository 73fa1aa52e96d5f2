package dev.kindred.text;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that another library wrote.
 *
 * @param file where it is from, for messages
 * @param values by name
 */
record ConfigFile(Path file, Map<String, Object> values) {
  private static final String AGAIN = "get the folder anew from where it came";

  static ConfigFile read(Path file) {
    return new ConfigFile(file, Json.read(file));
  }

  /** A whole number, at least 1. */
  int size(String name) {
    return whole(name, values.get(name), 1);
  }

  /** A whole number, at least {@code least}; {@code otherwise} where there is none. */
  int whole(String name, int otherwise, int least) {
    Object value = values.get(name);
    return value == null ? otherwise : whole(name, value, least);
  }

  double number(String name, double otherwise) {
    Object value = values.get(name);
    if (value != null && !(value instanceof Number)) {
      throw wrong(name, "a number", AGAIN);
    }
    return value instanceof Number number ? number.doubleValue() : otherwise;
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /** Requires a value, or none. */
  void require(String name, Object value, String fix) {
    Object found = values.get(name);
    if (found != null && !found.equals(value)) {
      throw wrong(name, String.valueOf(value), fix);
    }
  }

  KindredException wrong(String name, String rule, String fix) {
    return failure("%s must be %s, was %s".formatted(name, rule, values.get(name)), fix);
  }

  /** Values that do not fit together. */
  KindredException contradicting(IllegalArgumentException cause) {
    return failure(String.valueOf(cause.getMessage()), AGAIN);
  }

  private KindredException failure(String what, String fix) {
    return new KindredException("%s: %s; %s".formatted(file, what, fix));
  }

  private int whole(String name, @Nullable Object value, int least) {
    if (value instanceof Integer number && number >= least) {
      return number;
    }
    throw wrong(name, "a whole number >= " + least, AGAIN);
  }
}
