package dev.kindred.text.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A text as pieces, for tests: every piece has an id of its own. */
record Text(List<Integer> ids, List<Integer> words) {
  static final int CLASS = 1;
  static final int END = 2;
  private static final int FIRST_ID = 10;
  private static final int SPECIAL = -1;

  /** Words of so many pieces each. */
  static Text of(int... pieces) {
    List<Integer> words =
        IntStream.range(0, pieces.length)
            .flatMap(word -> IntStream.range(0, pieces[word]).map(piece -> word))
            .boxed()
            .toList();
    return new Text(IntStream.range(FIRST_ID, FIRST_ID + words.size()).boxed().toList(), words);
  }

  /** The same between a class token and an end. */
  static Text framed(int... pieces) {
    Text text = of(pieces);
    List<Integer> ids = new ArrayList<>(text.ids);
    List<Integer> words = new ArrayList<>(text.words);
    ids.add(0, CLASS);
    ids.add(END);
    words.add(0, SPECIAL);
    words.add(SPECIAL);
    return new Text(ids, words);
  }

  int length() {
    return ids.size();
  }

  int wordCount() {
    return (int) words.stream().filter(word -> word != SPECIAL).distinct().count();
  }

  /** The ids of the pieces of words. */
  List<Integer> real() {
    return IntStream.range(0, length())
        .filter(i -> words.get(i) != SPECIAL)
        .mapToObj(ids::get)
        .toList();
  }

  /** The pieces of words, word by word. */
  List<List<Integer>> byWord() {
    List<List<Integer>> byWord = new ArrayList<>();
    for (int i = 0; i < length(); i++) {
      if (words.get(i) != SPECIAL) {
        if (i == 0 || !words.get(i).equals(words.get(i - 1))) {
          byWord.add(new ArrayList<>());
        }
        byWord.get(byWord.size() - 1).add(ids.get(i));
      }
    }
    return byWord;
  }
}
