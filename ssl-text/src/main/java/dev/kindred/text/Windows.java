package dev.kindred.text;

import dev.kindred.runtime.Require;
import dev.kindred.text.tokenizer.Encoding;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A text's pieces in windows of at most so many, each between the special tokens that are around
 * the text, and ending where a word ends where that can be. A text that is short enough is one
 * window, as it is.
 */
final class Windows implements Iterator<Encoding> {
  private final Encoding whole;
  private final int first;
  private final int end;
  private final int room;
  private int next;
  private boolean begun;

  Windows(Encoding whole, int length) {
    this.whole = whole;
    this.first = whole.start();
    this.end = whole.end();
    this.next = first;
    this.room = whole.length() <= length ? whole.length() : length - whole.length() + end - first;
    Require.that(room >= (end > first ? 1 : 0), "length", "more than the special tokens", length);
  }

  /** How much a window counts: its pieces of words, 1 where there is none. */
  static long weight(Encoding window) {
    long pieces = Arrays.stream(window.words()).filter(word -> word != Encoding.SPECIAL).count();
    return Math.max(1, pieces);
  }

  @Override
  public boolean hasNext() {
    return !begun || next < end;
  }

  @Override
  public Encoding next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    begun = true;
    int from = next;
    next = border(from);
    return new Encoding(framed(whole.ids(), from, next), framed(whole.words(), from, next));
  }

  /** Where the window ends that begins at {@code from}. */
  private int border(int from) {
    int full = Math.min(end, from + room);
    int border = full;
    while (border < end && border > from && whole.words()[border] == whole.words()[border - 1]) {
      border--;
    }
    return border > from ? border : full;
  }

  private int[] framed(int[] all, int from, int to) {
    int behind = first + to - from;
    int[] framed = Arrays.copyOf(all, behind + all.length - end);
    System.arraycopy(all, from, framed, first, to - from);
    System.arraycopy(all, end, framed, behind, all.length - end);
    return framed;
  }
}
