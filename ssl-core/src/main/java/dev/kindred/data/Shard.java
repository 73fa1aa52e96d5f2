package dev.kindred.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Where the examples of one tar file are.
 *
 * @param offsets where each example's content starts
 * @param sizes how many bytes it has; {@link Integer#MAX_VALUE} for that or more
 * @param kinds which of {@code extensions} it has
 * @param keys the keys in UTF-8, one behind the other
 * @param keyEnds where each key ends there
 * @param classes which of {@code classNames} it is of; {@link Dataset#NO_LABEL} for none
 * @param classNames the contents of {@code .cls} entries
 */
record Shard(
    Path file,
    long[] offsets,
    int[] sizes,
    int[] kinds,
    List<String> extensions,
    byte[] keys,
    int[] keyEnds,
    int[] classes,
    List<String> classNames) {
  int size() {
    return offsets.length;
  }

  String key(int example) {
    int start = example == 0 ? 0 : keyEnds[example - 1];
    return new String(keys, start, keyEnds[example] - start, StandardCharsets.UTF_8);
  }

  String extension(int example) {
    return extensions.get(kinds[example]);
  }

  /** Collects examples, entry by entry. */
  static final class Builder {
    private final LongStream.Builder offsets = LongStream.builder();
    private final IntStream.Builder sizes = IntStream.builder();
    private final IntStream.Builder kinds = IntStream.builder();
    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
    private final IntStream.Builder keyEnds = IntStream.builder();
    private final IntStream.Builder classes = IntStream.builder();
    private final Map<String, Integer> extensions = new LinkedHashMap<>();
    private final Map<String, Integer> classNames = new LinkedHashMap<>();
    private int size;

    void add(String key, String extension, long offset, long bytes, String className) {
      offsets.add(offset);
      sizes.add((int) Math.min(bytes, Integer.MAX_VALUE));
      kinds.add(number(extensions, extension));
      keys.writeBytes(key.getBytes(StandardCharsets.UTF_8));
      keyEnds.add(keys.size());
      classes.add(className.isEmpty() ? Dataset.NO_LABEL : number(classNames, className));
      size++;
    }

    int size() {
      return size;
    }

    Shard build(Path file) {
      return new Shard(
          file,
          offsets.build().toArray(),
          sizes.build().toArray(),
          kinds.build().toArray(),
          new ArrayList<>(extensions.keySet()),
          keys.toByteArray(),
          keyEnds.build().toArray(),
          classes.build().toArray(),
          new ArrayList<>(classNames.keySet()));
    }

    private static int number(Map<String, Integer> numbers, String name) {
      return numbers.computeIfAbsent(name, n -> numbers.size());
    }
  }
}
