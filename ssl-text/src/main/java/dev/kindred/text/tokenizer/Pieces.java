package dev.kindred.text.tokenizer;

import java.util.Arrays;
import java.util.List;

/** An {@link Encoding} in the making. */
final class Pieces {
  private int[] ids = new int[32];
  private int[] words = new int[32];
  private int length;
  private int word = Encoding.SPECIAL;

  /** The pieces added from now on belong to the next word. */
  void nextWord() {
    word++;
  }

  void add(int id) {
    put(id, word);
  }

  void addAll(int[] more) {
    for (int id : more) {
      put(id, word);
    }
  }

  /** Pieces of no word. */
  void frame(List<Integer> specials) {
    specials.forEach(id -> put(id, Encoding.SPECIAL));
  }

  private void put(int id, int of) {
    if (length == ids.length) {
      ids = Arrays.copyOf(ids, 2 * length);
      words = Arrays.copyOf(words, 2 * length);
    }
    ids[length] = id;
    words[length++] = of;
  }

  Encoding encoding() {
    return new Encoding(Arrays.copyOf(ids, length), Arrays.copyOf(words, length));
  }
}
