package dev.kindred.text.tokenizer;

import java.util.Arrays;

/**
 * A text as pieces.
 *
 * @param ids the pieces by number
 * @param words for each piece the word of the text that it belongs to, counted from 0; {@link
 *     #SPECIAL} for pieces that the tokenizer added
 */
@SuppressWarnings("ArrayRecordComponent") // read at every step of a training, never kept
public record Encoding(int[] ids, int[] words) {
  /** The word of a piece that is not of the text. */
  public static final int SPECIAL = -1;

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if they differ
   */
  public Encoding {
    if (ids.length != words.length) {
      throw new IllegalArgumentException(
          "words must be as many as ids, were %d for %d".formatted(words.length, ids.length));
    }
  }

  /** The number of pieces. */
  public int length() {
    return ids.length;
  }

  /** The place of the first piece of a word; {@link #length} where there is none. */
  public int start() {
    int start = 0;
    while (start < words.length && words[start] == SPECIAL) {
      start++;
    }
    return start;
  }

  /** The place behind the last piece of a word; {@link #length} where there is none. */
  public int end() {
    int end = words.length;
    while (end > 0 && words[end - 1] == SPECIAL) {
      end--;
    }
    return end == 0 ? words.length : end;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Encoding that
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
