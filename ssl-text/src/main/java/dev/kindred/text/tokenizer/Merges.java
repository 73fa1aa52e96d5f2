package dev.kindred.text.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which pairs of pieces become one, the earlier first. */
final class Merges {
  private static final int NONE = -1;

  private final List<Pair> pairs;
  private final Map<Long, Integer> ranks = new HashMap<>();
  private final int[] made;

  /** Two pieces by id. */
  record Pair(int left, int right) {
    long key() {
      return key(left, right);
    }

    static long key(int left, int right) {
      return (long) left << Integer.SIZE | right;
    }
  }

  /**
   * Looks up what each pair becomes.
   *
   * @throws IllegalArgumentException if the vocabulary lacks a pair joined
   */
  Merges(Vocabulary vocabulary, List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
    made = new int[pairs.size()];
    for (int rank = 0; rank < made.length; rank++) {
      Pair pair = pairs.get(rank);
      made[rank] =
          vocabulary.require(vocabulary.piece(pair.left()) + vocabulary.piece(pair.right()));
      ranks.put(pair.key(), rank);
    }
  }

  List<Pair> pairs() {
    return pairs;
  }

  /** What is left of {@code pieces} after all merges; O(n log n) however long a word is. */
  int[] apply(int[] pieces) {
    return pieces.length < 2 ? pieces : new Word(pieces).merged();
  }

  /** A word while it is merged: a linked list of pieces, and a queue of the pairs in it. */
  private final class Word {
    private final int[] pieces;
    private final int[] next;
    private final int[] previous;
    private final RankQueue queue;

    Word(int[] word) {
      int length = word.length;
      pieces = word.clone();
      next = IntStream.rangeClosed(1, length).toArray();
      previous = IntStream.range(-1, length - 1).toArray();
      queue = new RankQueue(length);
      for (int at = 0; at < length - 1; at++) {
        enqueue(at);
      }
    }

    int[] merged() {
      while (!queue.isEmpty()) {
        long first = queue.poll();
        int rank = (int) (first >> Integer.SIZE);
        int at = (int) first;
        if (rank(at) == rank) {
          merge(at, rank);
        }
      }
      return left();
    }

    private void merge(int at, int rank) {
      int right = next[at];
      pieces[at] = made[rank];
      pieces[right] = NONE;
      next[at] = next[right];
      if (next[at] < pieces.length) {
        previous[next[at]] = at;
      }
      enqueue(previous[at]);
      enqueue(at);
    }

    private void enqueue(int at) {
      int rank = rank(at);
      if (rank != NONE) {
        queue.add(rank, at);
      }
    }

    /** The rank of the pair that begins at a position now, if any does. */
    private int rank(int at) {
      if (at < 0 || pieces[at] == NONE || next[at] == pieces.length) {
        return NONE;
      }
      return ranks.getOrDefault(Pair.key(pieces[at], pieces[next[at]]), NONE);
    }

    private int[] left() {
      return Arrays.stream(pieces).filter(piece -> piece != NONE).toArray();
    }
  }

  /** Pairs as a file spells them: {@code "a b"}. */
  List<String> spelt(Vocabulary vocabulary) {
    List<String> spelt = new ArrayList<>(pairs.size());
    for (Pair pair : pairs) {
      spelt.add(vocabulary.piece(pair.left()) + " " + vocabulary.piece(pair.right()));
    }
    return spelt;
  }
}
