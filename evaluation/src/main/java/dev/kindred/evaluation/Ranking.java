package dev.kindred.evaluation;

import java.util.Arrays;

/**
 * Ranks the rows of a bank by their cosines with a query, nearest first, of equally near ones the
 * earlier. Not safe for use from several threads: each has its own.
 *
 * <p>A radix sort of the whole bank, least significant digit first (Knuth, The Art of Computer
 * Programming 3, section 5.2.5), for it is stable and takes the same time whatever the cosines are:
 *
 * <ol>
 *   <li>A cosine's bits become an integer that is the smaller, unsigned, the nearer the row is;
 *       with the row's number below it in one long.
 *   <li>One pass counts all digits of 11 bits: three to an integer.
 *   <li>For each digit, rows move to where those of smaller digits and earlier rows of the same
 *       leave them.
 * </ol>
 */
final class Ranking {
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 3;
  private static final int MASK = (1 << DIGIT_BITS) - 1;

  private final int[][] counts = new int[DIGITS][1 << DIGIT_BITS];
  private long[] sorted;
  private long[] spare;

  /** For each row its place among the query's right ones, from 1; 0 for others. */
  private final int[] places;

  Ranking(int rows) {
    sorted = new long[rows];
    spare = new long[rows];
    places = new int[rows];
  }

  /**
   * The ranks of a query's right rows.
   *
   * @param cosines with all rows, none NaN
   * @param right one or more other than {@code leftOut}
   * @param leftOut a row that has no rank, or {@link Judgements#NONE}
   */
  FoundRanks of(float[] cosines, RightRows right, int leftOut) {
    sort(cosines);
    for (int i = 0; i < right.rows().length; i++) {
      places[right.rows()[i]] = i + 1;
    }
    if (leftOut != Judgements.NONE) {
      places[leftOut] = 0;
    }
    FoundRanks found = find(right, right.countWithout(leftOut), leftOut);
    for (int row : right.rows()) {
      places[row] = 0;
    }
    return found;
  }

  private FoundRanks find(RightRows right, int count, int leftOut) {
    int[] ranks = new int[count];
    double[] gains = right.gains() == null ? null : new double[count];
    int rank = 0;
    for (int found = 0, at = 0; found < count; at++) {
      int row = (int) sorted[at];
      rank += row == leftOut ? 0 : 1;
      if (places[row] > 0) {
        if (gains != null && right.gains() != null) {
          gains[found] = right.gains()[places[row] - 1];
        }
        ranks[found++] = rank;
      }
    }
    return new FoundRanks(ranks, gains);
  }

  private void sort(float[] cosines) {
    for (int[] digit : counts) {
      Arrays.fill(digit, 0);
    }
    for (int row = 0; row < cosines.length; row++) {
      int key = descending(cosines[row]);
      for (int digit = 0; digit < DIGITS; digit++) {
        counts[digit][key >>> digit * DIGIT_BITS & MASK]++;
      }
      sorted[row] = (long) key << Integer.SIZE | row;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      move(counts[digit], Integer.SIZE + digit * DIGIT_BITS);
    }
  }

  private void move(int[] next, int shift) {
    for (int digit = 0, start = 0; digit < next.length; digit++) {
      int count = next[digit];
      next[digit] = start;
      start += count;
    }
    for (long entry : sorted) {
      spare[next[(int) (entry >>> shift) & MASK]++] = entry;
    }
    long[] moved = spare;
    spare = sorted;
    sorted = moved;
  }

  /** An integer that is the smaller, unsigned, the larger {@code value} is; of -0 that of 0. */
  private static int descending(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return ~(bits ^ (bits >> Integer.SIZE - 1 | Integer.MIN_VALUE));
  }
}
