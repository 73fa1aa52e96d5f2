package dev.kindred.benchmarks.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/**
 * How embedded rows agree with vectors that were made elsewhere.
 *
 * @param rows the number of vectors to be found
 * @param lost of how many there is no row
 * @param repeated how many rows came once more
 * @param empty how many rows have no vector
 * @param difference the largest between two numbers in the same place
 */
record Agreement(int rows, int lost, int repeated, int empty, double difference) {
  /** What single precision and another order of sums are allowed. */
  private static final double TOLERATED = 1e-5;

  /**
   * Compares.
   *
   * @param found a row number and a vector each, in the order of the numbers
   * @param expected by row number; there may be more than was embedded
   * @param rows how many of them were embedded
   */
  static Agreement of(Iterator<Row> found, float[][] expected, int rows) {
    boolean[] seen = new boolean[rows];
    int repeated = 0;
    int empty = 0;
    double difference = 0;
    while (found.hasNext()) {
      Row row = found.next();
      int number = Math.toIntExact(row.getLong(0));
      repeated += seen[number] ? 1 : 0;
      seen[number] = true;
      if (row.isNullAt(1)) {
        empty++;
      } else {
        difference = Math.max(difference, difference(row.getList(1), expected[number]));
      }
    }
    return new Agreement(rows, missing(seen), repeated, empty, difference);
  }

  /** Whether nothing is missing, nothing is there twice, and vectors are the same. */
  boolean holds() {
    return lost == 0 && repeated == 0 && empty == 0 && difference <= TOLERATED;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d rows: %d lost, %d repeated, %d without a vector, largest difference %.2g",
        rows,
        lost,
        repeated,
        empty,
        difference);
  }

  private static double difference(List<Float> found, float[] expected) {
    if (found.size() != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs((double) found.get(i) - expected[i]));
    }
    return largest;
  }

  private static int missing(boolean[] seen) {
    int missing = 0;
    for (boolean each : seen) {
      missing += each ? 0 : 1;
    }
    return missing;
  }
}
