package dev.kindred.evaluation;

import dev.kindred.embedding.UnitVectors;

/**
 * How the directions of rows are spread.
 *
 * @param featureStd the standard deviation of a feature of rows of length 1, mean over the
 *     features, times the root of their number
 * @param meanCosine of two different rows
 */
record Directions(double featureStd, double meanCosine) {

  /** Of two rows or more; a row of zeros stays zero. */
  static Directions of(float[][] rows) {
    int width = rows[0].length;
    double[] sum = new double[width];
    double lengths = 0;
    for (float[] row : rows) {
      lengths += add(sum, UnitVectors.of(row));
    }
    double squares = 0;
    for (int j = 0; j < width; j++) {
      squares += sum[j] * sum[j];
    }
    double pairs = (double) rows.length * (rows.length - 1);
    double cosine = Math.max(-1, Math.min(1, (squares - lengths) / pairs));
    return new Directions(featureStd(rows, sum), cosine);
  }

  /** From the differences to the mean, so that equal rows give 0 but for the mean's rounding. */
  private static double featureStd(float[][] rows, double[] sum) {
    double[] squares = new double[sum.length];
    for (float[] row : rows) {
      float[] unit = UnitVectors.of(row);
      for (int j = 0; j < sum.length; j++) {
        double difference = unit[j] - sum[j] / rows.length;
        squares[j] += difference * difference;
      }
    }
    double deviations = 0;
    for (double square : squares) {
      deviations += Math.sqrt(square / rows.length);
    }
    return deviations / Math.sqrt(sum.length);
  }

  /** Adds {@code unit}; gives its squared length. */
  private static double add(double[] sum, float[] unit) {
    double square = 0;
    for (int j = 0; j < sum.length; j++) {
      sum[j] += unit[j];
      square += (double) unit[j] * unit[j];
    }
    return square;
  }
}
