package dev.kindred.text.tokenizer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Words are cut once, as far as some megabytes hold them: the first that come, up to a length. Safe
 * for use from several threads.
 */
final class RememberedWords {
  private static final int MOST = 1 << 16;
  private static final int LONGEST = 32;

  private final Map<String, int[]> pieces = new ConcurrentHashMap<>();
  private final Function<String, int[]> cut;

  /**
   * Remembers nothing yet.
   *
   * @param cut the pieces of a word, always the same
   */
  RememberedWords(Function<String, int[]> cut) {
    this.cut = cut;
  }

  /** Whether a word is short enough to be remembered. */
  static boolean holds(String word) {
    return word.length() <= LONGEST;
  }

  /** The pieces of {@code word}; not to be changed. */
  int[] pieces(String word) {
    int[] before = pieces.get(word);
    if (before != null) {
      return before;
    }
    int[] ids = cut.apply(word);
    if (holds(word) && pieces.size() < MOST) {
      pieces.put(word, ids);
    }
    return ids;
  }
}
