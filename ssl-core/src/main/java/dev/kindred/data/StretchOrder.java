package dev.kindred.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * An epoch's order in which stretches, such as shards, are read from front to back.
 *
 * @param batchSize the examples of a batch
 * @param stretches the first example of each stretch
 * @param buffer how many examples wait to be drawn, in all lanes together
 */
record StretchOrder(int batchSize, int[] stretches, int buffer) {
  /** The lanes of a batch whose size is a multiple of it. */
  static final int MOST_LANES = 16;

  /** The largest power of two, up to {@link #MOST_LANES}, that divides the batch. */
  static int lanes(int batchSize) {
    return Integer.lowestOneBit(batchSize | MOST_LANES);
  }

  /**
   * All examples, batch after batch, then those that are in none, as a pure function of its
   * arguments.
   *
   * <ol>
   *   <li>The stretches are put one behind the other, in a random order.
   *   <li>That sequence is cut into lanes of equal length, give or take one example.
   *   <li>Each lane is shuffled as by a reader with a buffer: a random example of those in the
   *       buffer goes out, and the lane's next takes its place.
   *   <li>Every batch is the next of the first lane, then as many of the second, and so on. So the
   *       rows of a batch that are of one lane are the same in every batch.
   * </ol>
   */
  int[] of(int size, SplittableRandom random) {
    int[] sequence = sequence(size, random);
    int lanes = lanes(batchSize);
    int rows = batchSize / lanes;
    int batches = size / batchSize;
    int[] order = new int[size];
    int left = batches * batchSize;
    for (int lane = 0; lane < lanes; lane++) {
      int from = bound(lane, lanes, size);
      int to = bound(lane + 1, lanes, size);
      shuffle(sequence, from, to, Math.max(1, buffer / lanes), random.split());
      for (int batch = 0; batch < batches; batch++) {
        System.arraycopy(
            sequence, from + batch * rows, order, batch * batchSize + lane * rows, rows);
      }
      int used = from + batches * rows;
      System.arraycopy(sequence, used, order, left, to - used);
      left += to - used;
    }
    return order;
  }

  /** Where a lane begins. */
  static int bound(int lane, int lanes, int size) {
    return (int) ((long) lane * size / lanes);
  }

  /** All examples, the stretches in a random order. */
  private int[] sequence(int size, SplittableRandom random) {
    int[] sequence = new int[size];
    int at = 0;
    for (int stretch : permutation(stretches.length, random)) {
      int end = stretch + 1 < stretches.length ? stretches[stretch + 1] : size;
      for (int example = stretches[stretch]; example < end; example++) {
        sequence[at++] = example;
      }
    }
    return sequence;
  }

  /** The numbers from 0 in a random order. */
  static int[] permutation(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /**
   * Passes a part of a sequence through a buffer, in place: what went out needs no room any more.
   */
  private static void shuffle(
      int[] sequence, int from, int to, int buffer, SplittableRandom random) {
    int[] waiting = Arrays.copyOfRange(sequence, from, Math.min(to, from + buffer));
    int held = waiting.length;
    int next = from + held;
    for (int out = from; out < to; out++) {
      int drawn = random.nextInt(held);
      int example = waiting[drawn];
      waiting[drawn] = next < to ? sequence[next++] : waiting[--held];
      sequence[out] = example;
    }
  }
}
