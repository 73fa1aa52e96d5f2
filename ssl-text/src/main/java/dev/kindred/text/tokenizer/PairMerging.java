package dev.kindred.text.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The heart of training: finds the most frequent pair of neighbouring pieces, makes it one piece
 * wherever it occurs, and again.
 *
 * <ol>
 *   <li>Each pair knows its count and the words that it was ever seen in.
 *   <li>A queue holds pairs by the count that they had when they were put in. A pair only becomes
 *       rarer, unless a piece in it is made anew, when it is put in again; so the true first is
 *       found by putting back those whose count has fallen.
 *   <li>A merge rewrites only the words of its pair, and counts only their pairs again.
 * </ol>
 */
final class PairMerging {
  /**
   * The more frequent first; of equals the one whose pieces are older, the left one's age first.
   */
  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong((Entry entry) -> -entry.count)
          .thenComparingInt(entry -> entry.of.left)
          .thenComparingInt(entry -> entry.of.right);

  private final List<Word> words = new ArrayList<>();
  private final Map<Long, Counted> pairs = new HashMap<>();
  private final PriorityQueue<Entry> queue = new PriorityQueue<>(ORDER);

  /** Adds a word as its first pieces, with the times that it occurs. */
  void add(int[] pieces, long times) {
    Word word = new Word(pieces, times);
    int index = words.size();
    words.add(word);
    for (int i = 0; i + 1 < pieces.length; i++) {
      pair(pieces[i], pieces[i + 1]).see(index, times);
    }
  }

  /** Queues all pairs; once, after the last word. */
  void start() {
    pairs.values().forEach(this::enqueue);
  }

  /** The most frequent pair, if it occurs {@code minimum} times. */
  @Nullable Counted first(long minimum) {
    while (!queue.isEmpty()) {
      Entry entry = queue.remove();
      long now = entry.of.count;
      if (now == entry.count) {
        return now >= minimum ? entry.of : null;
      }
      if (now >= minimum && now < entry.count) {
        enqueue(entry.of);
      }
    }
    return null;
  }

  /** Makes every occurrence of a pair the piece {@code made}. */
  void merge(Counted pair, int made) {
    Set<Counted> grown = new LinkedHashSet<>();
    for (int index : pair.seenIn()) {
      Word word = words.get(index);
      if (word.has(pair)) {
        count(word, -word.times);
        word.merge(pair, made);
        count(word, word.times);
        collect(word, index, made, grown);
      }
    }
    pairs.remove(Merges.Pair.key(pair.left, pair.right));
    grown.forEach(this::enqueue);
  }

  private void count(Word word, long times) {
    for (int i = 0; i + 1 < word.length; i++) {
      pair(word.pieces[i], word.pieces[i + 1]).count += times;
    }
  }

  private void collect(Word word, int index, int made, Set<Counted> grown) {
    for (int i = 0; i + 1 < word.length; i++) {
      if (word.pieces[i] == made || word.pieces[i + 1] == made) {
        Counted pair = pair(word.pieces[i], word.pieces[i + 1]);
        pair.see(index, 0);
        grown.add(pair);
      }
    }
  }

  private Counted pair(int left, int right) {
    return pairs.computeIfAbsent(Merges.Pair.key(left, right), key -> new Counted(left, right));
  }

  private void enqueue(Counted pair) {
    if (pair.count > 0) {
      queue.add(new Entry(pair, pair.count));
    }
  }

  /** A pair, and what it counted when it was queued. */
  private record Entry(Counted of, long count) {}

  /** A pair that changes as words do. */
  static final class Counted {
    final int left;
    final int right;
    private long count;
    private int[] in = new int[2];
    private int seen;

    private Counted(int left, int right) {
      this.left = left;
      this.right = right;
    }

    private void see(int word, long times) {
      count += times;
      if (seen > 0 && in[seen - 1] == word) {
        return;
      }
      if (seen == in.length) {
        in = Arrays.copyOf(in, 2 * seen);
      }
      in[seen++] = word;
    }

    private int[] seenIn() {
      return Arrays.copyOf(in, seen);
    }
  }

  /** A distinct word of the corpus. */
  private static final class Word {
    private final int[] pieces;
    private final long times;
    private int length;

    Word(int[] pieces, long times) {
      this.pieces = pieces;
      this.times = times;
      this.length = pieces.length;
    }

    boolean has(Counted pair) {
      for (int i = 0; i + 1 < length; i++) {
        if (isAt(i, pair)) {
          return true;
        }
      }
      return false;
    }

    void merge(Counted pair, int made) {
      int to = 0;
      for (int from = 0; from < length; to++) {
        boolean merged = isAt(from, pair);
        pieces[to] = merged ? made : pieces[from];
        from += merged ? 2 : 1;
      }
      length = to;
    }

    private boolean isAt(int at, Counted pair) {
      return at + 1 < length && pieces[at] == pair.left && pieces[at + 1] == pair.right;
    }
  }
}
