package dev.kindred.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys under which examples are written: their ids, made safe and unique. */
final class ShardKeys {
  private ShardKeys() {}

  /**
   * A key for each example, whatever order they are written in. Of ids that would have one key, the
   * later get {@code -2}, {@code -3} and so on.
   */
  static String[] of(Dataset<?> data, Encoded contents) {
    Set<String> taken = new HashSet<>();
    Map<String, Integer> alike = new HashMap<>();
    String[] keys = new String[data.size()];
    for (int i = 0; i < keys.length; i++) {
      String key = safe(data.id(i), contents.extension(i));
      keys[i] = key;
      while (!taken.add(keys[i])) {
        keys[i] = key + "-" + (1 + alike.merge(key, 1, Integer::sum));
      }
    }
    return keys;
  }

  /**
   * An id as a relative path that leads nowhere else, with no dot in its last part, where a key
   * ends: without its extension, and other characters that mean something as {@code _}.
   */
  static String safe(String id, String extension) {
    boolean ends = id.toLowerCase(Locale.ROOT).endsWith("." + extension);
    String whole = ends ? id.substring(0, id.length() - extension.length() - 1) : id;
    String path =
        Arrays.stream(whole.replaceAll("[\\p{Cntrl}\\\\:]", "_").split("/"))
            .filter(part -> !part.isEmpty())
            .map(part -> part.matches("\\.+") ? part.replace('.', '_') : part)
            .collect(Collectors.joining("/"));
    int base = path.lastIndexOf('/') + 1;
    String key = path.substring(0, base) + path.substring(base).replace('.', '_');
    return key.isEmpty() ? "_" : key;
  }
}
