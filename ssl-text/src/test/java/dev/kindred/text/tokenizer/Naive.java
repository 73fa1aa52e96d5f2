package dev.kindred.text.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Byte-pair training as its papers tell it, too slow for anything but a test. */
final class Naive {
  private Naive() {}

  static List<String> pieces(List<String> texts, List<String> start, int merges) {
    List<String> pieces = new ArrayList<>(start);
    List<List<String>> words = new ArrayList<>();
    for (String text : texts) {
      BytePairs.words(Characters.wellFormed(text), false).stream()
          .filter(word -> word.length() <= WordCounts.LONGEST)
          .forEach(word -> words.add(new ArrayList<>(List.of(ByteLetters.of(word).split("")))));
    }
    for (int i = 0; i < merges; i++) {
      List<String> best = best(words, pieces);
      pieces.add(best.get(0) + best.get(1));
      words.forEach(word -> merge(word, best));
    }
    return pieces.subList(start.size(), pieces.size());
  }

  private static List<String> best(List<List<String>> words, List<String> pieces) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (List<String> word : words) {
      for (int i = 0; i + 1 < word.size(); i++) {
        counts.merge(List.of(word.get(i), word.get(i + 1)), 1, Integer::sum);
      }
    }
    Comparator<List<String>> order =
        Comparator.comparingInt((List<String> pair) -> -counts.getOrDefault(pair, 0))
            .thenComparingInt(pair -> pieces.indexOf(pair.get(0)))
            .thenComparingInt(pair -> pieces.indexOf(pair.get(1)));
    return counts.keySet().stream().min(order).orElseThrow();
  }

  private static void merge(List<String> word, List<String> pair) {
    for (int i = 0; i + 1 < word.size(); i++) {
      if (word.subList(i, i + 2).equals(pair)) {
        word.set(i, word.get(i) + word.remove(i + 1));
      }
    }
  }
}
