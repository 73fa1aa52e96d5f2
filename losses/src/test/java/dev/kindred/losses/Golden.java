package dev.kindred.losses;

/** The inputs of the published values that the losses are held against. */
final class Golden {
  static final double[][] Z0 = matrix(4, 3, (i, j) -> Math.sin(0.7 * i + 1.3 * j + 0.1));
  static final double[][] Z1 = matrix(4, 3, (i, j) -> Z0[i][j] + 0.3 * Math.cos(1.1 * i - 0.9 * j));

  private Golden() {}

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
