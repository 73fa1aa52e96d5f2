package dev.kindred.text.data;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What is kept in memory of a corpus.
 *
 * @param starts where each example starts in the file, and at last where the file ends
 * @param keys the hashes of the texts, those of an example beside each other
 * @param parts the texts of an example
 * @param labels the classes
 */
record CorpusIndex(long[] starts, long[] keys, int parts, Labels labels) {
  int size() {
    return starts.length - 1;
  }

  long[] keysOf(int index) {
    return Arrays.copyOfRange(keys, index * parts, (index + 1) * parts);
  }

  /** How many of some ascending numbers are at most {@code value}. */
  static int countUpTo(long value, long[] ascending) {
    int from = 0;
    int to = ascending.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (ascending[middle] <= value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Collects an index, example by example. */
  static final class Builder {
    private final LongStream.Builder starts = LongStream.builder();
    private final LongStream.Builder keys = LongStream.builder();
    private final Labels.Builder labels = new Labels.Builder();
    private final int parts;
    private int size;

    Builder(int parts) {
      this.parts = parts;
    }

    void add(long start, Row row) {
      starts.add(start);
      row.texts().forEach(text -> keys.add(key(text)));
      labels.add(row.label());
      size++;
    }

    int size() {
      return size;
    }

    CorpusIndex build(long end) {
      starts.add(end);
      return new CorpusIndex(
          starts.build().toArray(), keys.build().toArray(), parts, labels.build());
    }

    /** A hash of 64 bits: FNV-1a over the characters, then MurmurHash3's last mixing. */
    private static long key(String text) {
      long hash = 0xCBF29CE484222325L;
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
      }
      hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
      hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
      return hash ^ hash >>> 33;
    }
  }
}
