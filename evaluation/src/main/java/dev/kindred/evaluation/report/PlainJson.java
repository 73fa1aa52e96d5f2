package dev.kindred.evaluation.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values in types that JSON has: numbers that it has not (NaN, infinities) become null and are
 * counted, and a float is written by its own digits.
 */
final class PlainJson {
  private int notFinite;

  /** The map, with all that is in it, in its order. */
  Map<String, Object> object(Map<?, ?> map) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.forEach((key, value) -> put(plain, String.valueOf(key), of(value)));
    return plain;
  }

  /** How many numbers became null so far. */
  int notFinite() {
    return notFinite;
  }

  /** A null stays in the object, under its key. */
  @SuppressWarnings("NullAway")
  private static void put(Map<String, Object> object, String key, @Nullable Object value) {
    object.put(key, value);
  }

  private @Nullable Object of(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return object(map);
    }
    if (value instanceof List<?> list) {
      return list(list);
    }
    if (value instanceof float[] pair) {
      List<Float> boxed = new ArrayList<>();
      for (float number : pair) {
        boxed.add(number);
      }
      return list(boxed);
    }
    if (value instanceof double[] numbers) {
      return list(Arrays.stream(numbers).boxed().toList());
    }
    if (value instanceof int[] numbers) {
      return numbers;
    }
    return value instanceof Double || value instanceof Float ? number((Number) value) : value;
  }

  private List<@Nullable Object> list(List<?> values) {
    List<@Nullable Object> plain = new ArrayList<>();
    values.forEach(value -> plain.add(of(value)));
    return plain;
  }

  private @Nullable Object number(Number value) {
    if (Double.isFinite(value.doubleValue())) {
      return value;
    }
    notFinite++;
    return null;
  }
}
