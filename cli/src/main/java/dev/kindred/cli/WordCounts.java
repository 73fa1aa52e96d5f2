package dev.kindred.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Texts as counts of their words, the bar that an encoder has to clear. */
final class WordCounts {
  private final Map<String, Integer> columns = new HashMap<>();

  private WordCounts() {}

  /** A column for each word of all these texts. */
  @SafeVarargs
  static WordCounts of(List<String>... texts) {
    WordCounts counts = new WordCounts();
    Stream.of(texts)
        .flatMap(Collection::stream)
        .flatMap(WordCounts::words)
        .forEach(word -> counts.columns.putIfAbsent(word, counts.columns.size()));
    return counts;
  }

  /** How often {@code text} has each word. */
  float[] vector(String text) {
    float[] vector = new float[columns.size()];
    words(text).map(columns::get).filter(Objects::nonNull).forEach(column -> vector[column]++);
    return vector;
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.toLowerCase(Locale.ROOT).split(" "));
  }
}
