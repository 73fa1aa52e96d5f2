package dev.kindred.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In which keys two settings differ, in words. */
final class Differences {
  private Differences() {}

  /** Such as {@code epochs (10, 20)} and {@code optimizer.momentum (0.9, none)}. */
  static List<String> of(Map<?, ?> ours, Map<?, ?> theirs) {
    List<String> found = new ArrayList<>();
    collect("", ours, theirs, found);
    return found;
  }

  private static void collect(String path, Map<?, ?> ours, Map<?, ?> theirs, List<String> found) {
    TreeSet<String> keys = new TreeSet<>();
    ours.keySet().forEach(key -> keys.add(String.valueOf(key)));
    theirs.keySet().forEach(key -> keys.add(String.valueOf(key)));
    for (String key : keys) {
      Object one = ours.get(key);
      Object other = theirs.get(key);
      if (one instanceof Map<?, ?> inside && other instanceof Map<?, ?> outside) {
        collect(path + key + ".", inside, outside, found);
      } else if (!Objects.equals(one, other)) {
        found.add("%s%s (%s, %s)".formatted(path, key, word(one), word(other)));
      }
    }
  }

  private static Object word(@Nullable Object value) {
    return value == null ? "none" : value;
  }
}
