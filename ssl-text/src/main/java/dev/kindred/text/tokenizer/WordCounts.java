package dev.kindred.text.tokenizer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** How often each word of a corpus, and each character, occurs. */
final class WordCounts {
  /** Longer words are no words of a language, and no tokenizer learns from them. */
  static final int LONGEST = 100;

  private final Map<String, Tally> words = new HashMap<>();

  /** A count in place, which spares a new number for every word read. */
  private static final class Tally {
    private long times;
  }

  WordCounts(Stream<String> texts, WordSplitter splitter) {
    try (texts) {
      texts
          .sequential()
          .forEach(text -> splitter.words(Characters.wellFormed(text)).forEach(this::count));
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("texts must hold a word, held none");
    }
  }

  private void count(String word) {
    if (word.length() <= LONGEST) {
      words.computeIfAbsent(word, key -> new Tally()).times++;
    }
  }

  void forEach(BiConsumer<String, Long> action) {
    words.forEach((word, tally) -> action.accept(word, tally.times));
  }

  /** The most frequent characters, in the order of Unicode. */
  List<Integer> characters(int atMost) {
    Map<Integer, Long> counts = new HashMap<>();
    forEach(
        (word, times) ->
            word.codePoints().forEach(character -> counts.merge(character, times, Long::sum)));
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(atMost)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
