package dev.kindred.optim;

import dev.kindred.runtime.Names;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Settings as an ordered map of JSON types, written and read strictly. */
final class Settings {
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Settings() {}

  static Settings named(String name) {
    Settings settings = new Settings();
    settings.values.put("name", name);
    return settings;
  }

  static Reader read(String what, Map<String, ?> values) {
    return new Reader(what, values);
  }

  /** Puts the number as the double of the fewest digits, so that 0.9f stays 0.9 in JSON. */
  Settings put(String key, float value) {
    values.put(key, Double.valueOf(Float.toString(value)));
    return this;
  }

  Settings put(String key, double value) {
    values.put(key, value);
    return this;
  }

  Settings put(String key, boolean value) {
    values.put(key, value);
    return this;
  }

  Settings put(String key, Enum<?> value) {
    values.put(key, spelling(value));
    return this;
  }

  Settings put(String key, List<Integer> value) {
    values.put(key, value);
    return this;
  }

  Map<String, Object> map() {
    return Collections.unmodifiableMap(values);
  }

  private static String spelling(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Takes settings one by one; {@link #end} refuses what nobody took. */
  static final class Reader {
    private final String what;
    private final Map<String, ?> values;
    private final Set<String> unread;

    private Reader(String what, Map<String, ?> values) {
      this.what = what;
      this.values = values;
      this.unread = new LinkedHashSet<>(values.keySet());
    }

    String name() {
      return take("name", String.class, "a text");
    }

    IllegalArgumentException unknownName(String... known) {
      return new IllegalArgumentException(Names.unknown(what, name(), List.of(known)));
    }

    float number(String key) {
      return take(key, Number.class, "a number").floatValue();
    }

    double real(String key) {
      return take(key, Number.class, "a number").doubleValue();
    }

    boolean flag(String key) {
      return take(key, Boolean.class, "true or false");
    }

    List<Integer> integers(String key) {
      Collection<?> list = take(key, Collection.class, "a list of whole numbers");
      return list.stream().map(item -> integer(key, item)).toList();
    }

    <E extends Enum<E>> E choice(String key, Class<E> type) {
      String value = take(key, String.class, "a text");
      List<E> all = Arrays.asList(type.getEnumConstants());
      return all.stream()
          .filter(option -> spelling(option).equals(value))
          .findFirst()
          .orElseThrow(() -> wrong(key, "one of " + all.stream().map(Settings::spelling).toList()));
    }

    void end() {
      if (!unread.isEmpty()) {
        throw new IllegalArgumentException(
            "%s %s has no setting %s".formatted(what, values.get("name"), unread));
      }
    }

    private Integer integer(String key, Object item) {
      if (item instanceof Integer || item instanceof Long) {
        return Math.toIntExact(((Number) item).longValue());
      }
      throw wrong(key, "a list of whole numbers");
    }

    private <T> T take(String key, Class<T> type, String rule) {
      unread.remove(key);
      if (!type.isInstance(values.get(key))) {
        throw wrong(key, rule);
      }
      return type.cast(values.get(key));
    }

    private IllegalArgumentException wrong(String key, String rule) {
      return new IllegalArgumentException(
          "%s setting %s must be %s, was %s".formatted(what, key, rule, values.get(key)));
    }
  }
}
