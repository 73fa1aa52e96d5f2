package dev.kindred.losses;

import java.util.Arrays;

/** The inputs of the published values that the losses are held against. */
final class Golden {
  static final double[][] Z0 = matrix(4, 3, (i, j) -> Math.sin(0.7 * i + 1.3 * j + 0.1));
  static final double[][] Z1 = matrix(4, 3, (i, j) -> Z0[i][j] + 0.3 * Math.cos(1.1 * i - 0.9 * j));
  static final double[][] E = matrix(6, 3, (i, j) -> Math.sin(0.7 * i + 1.3 * j + 0.1));
  static final int[] LABELS = {0, 0, 1, 1, 2, 0};
  static final double[][] B0 = matrix(6, 4, (i, j) -> Math.sin(0.7 * i + 1.3 * j + 0.1));
  static final double[][] B1 = matrix(6, 4, (i, j) -> B0[i][j] + 0.3 * Math.cos(1.1 * i - 0.9 * j));
  static final double[][] S0 = matrix(5, 4, (i, j) -> Math.sin(0.9 * i + 0.6 * j));
  static final double[][] S1 = matrix(5, 4, (i, j) -> Math.sin(0.9 * i + 0.6 * j + 0.2));
  static final double[][] QUEUE = normalized(matrix(5, 3, (i, j) -> Math.cos(0.5 * i + 0.8 * j)));

  private Golden() {}

  private static double[][] normalized(double[][] rows) {
    return matrix(
        rows.length,
        rows[0].length,
        (i, j) -> rows[i][j] / Math.sqrt(Arrays.stream(rows[i]).map(x -> x * x).sum()));
  }

  interface Cell {
    double at(int row, int column);
  }

  static double[][] matrix(int rows, int columns, Cell cell) {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[i][j] = cell.at(i, j);
      }
    }
    return values;
  }
}
