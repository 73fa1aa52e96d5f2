package dev.kindred.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Squared Euclidean distances in double precision, straight from the differences: exactly 0 between
 * equal rows, which products of float32 do not give.
 */
final class SquaredDistances {
  private SquaredDistances() {}

  static double between(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Lowers {@code squares} to those from {@code centre} where these are less; gives their sum. */
  static double shrink(double[] squares, float[][] rows, float[] centre) {
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(i -> squares[i] = Math.min(squares[i], between(rows[i], centre)));
    return Arrays.stream(squares).sum();
  }

  /** From each row to its centre. */
  static double[] of(float[][] rows, int[] assignment, float[][] centres) {
    double[] squares = new double[rows.length];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(i -> squares[i] = between(rows[i], centres[assignment[i]]));
    return squares;
  }
}
