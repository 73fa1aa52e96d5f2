package dev.kindred.evaluation;

import java.util.Arrays;

/**
 * Matches rows with columns, one to one, so that the sum of what they share is largest: the
 * Hungarian method by shortest augmenting paths, in cubic time. Rows and columns need not be
 * equally many; the surplus stays alone.
 *
 * <p>Kuhn, The Hungarian Method for the Assignment Problem (1955); Jonker and Volgenant, A Shortest
 * Augmenting Path Algorithm for Dense and Sparse Linear Assignment Problems (1987).
 */
final class BestMatching {
  private static final int NONE = -1;

  private final int[][] gains;
  private final int size;
  private final long[] rowPrice;
  private final long[] columnPrice;
  private final int[] rowOf;

  private BestMatching(int[][] gains) {
    this.gains = gains;
    size = Math.max(gains.length, gains[0].length);
    rowPrice = new long[size];
    columnPrice = new long[size];
    rowOf = new int[size];
    Arrays.fill(rowOf, NONE);
  }

  /** The largest sum of {@code gains}, {@code [rows][columns]}, all of them {@code >= 0}. */
  static long total(int[][] gains) {
    BestMatching matching = new BestMatching(gains);
    for (int row = 0; row < matching.size; row++) {
      matching.add(row);
    }
    long total = 0;
    for (int column = 0; column < matching.size; column++) {
      total += matching.gain(matching.rowOf[column], column);
    }
    return total;
  }

  /** Zero outside the table, so that it is square. */
  private long gain(int row, int column) {
    return row < gains.length && column < gains[0].length ? gains[row][column] : 0;
  }

  /**
   *
   *
   * <ol>
   *   <li>Grow a tree of the cheapest ways from {@code row} to columns, a column at a time, until
   *       one is free. To pair a row with a column costs the sum of their prices less what they
   *       share.
   *   <li>Let the prices of those in the tree take up each new cost, so that all within it is free.
   *   <li>Give every row on the way to the free column the next column of it.
   * </ol>
   */
  private void add(int row) {
    long[] costs = new long[size];
    int[] cameFrom = new int[size];
    boolean[] reached = new boolean[size];
    Arrays.fill(costs, Long.MAX_VALUE);
    int column = NONE;
    int at = row;
    while (at != NONE) {
      look(at, column, costs, cameFrom, reached);
      column = cheapest(costs, reached);
      reprice(row, costs[column], costs, reached);
      reached[column] = true;
      at = rowOf[column];
    }
    augment(row, column, cameFrom);
  }

  /** Enters the ways over row {@code at}, which holds {@code column}. */
  private void look(int at, int column, long[] costs, int[] cameFrom, boolean[] reached) {
    for (int j = 0; j < size; j++) {
      long cost = rowPrice[at] + columnPrice[j] - gain(at, j);
      if (!reached[j] && cost < costs[j]) {
        costs[j] = cost;
        cameFrom[j] = column;
      }
    }
  }

  private int cheapest(long[] costs, boolean[] reached) {
    int best = NONE;
    for (int j = 0; j < size; j++) {
      if (!reached[j] && (best == NONE || costs[j] < costs[best])) {
        best = j;
      }
    }
    return best;
  }

  private void reprice(int row, long by, long[] costs, boolean[] reached) {
    rowPrice[row] -= by;
    for (int j = 0; j < size; j++) {
      if (reached[j]) {
        rowPrice[rowOf[j]] -= by;
        columnPrice[j] += by;
      } else {
        costs[j] -= by;
      }
    }
  }

  private void augment(int row, int free, int[] cameFrom) {
    int column = free;
    while (cameFrom[column] != NONE) {
      rowOf[column] = rowOf[cameFrom[column]];
      column = cameFrom[column];
    }
    rowOf[column] = row;
  }
}
