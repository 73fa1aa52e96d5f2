package dev.kindred.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * Shifts and scales each feature: {@code (x - mean) * scale}.
 *
 * @param mean {@code [dimension]}
 * @param scale {@code [dimension]}
 */
record Standardisation(double[] mean, double[] scale) {
  /** A feature that varies less than this share of its mean varies by rounding only. */
  private static final double CONSTANT = 1e-7;

  /** To mean 0 and standard deviation 1 over {@code rows}; a constant feature becomes 0. */
  static Standardisation of(float[][] rows) {
    double[] mean = Rows.mean(rows);
    double[] scale = new double[mean.length];
    for (float[] row : rows) {
      for (int j = 0; j < scale.length; j++) {
        double centred = row[j] - mean[j];
        scale[j] += centred * centred / rows.length;
      }
    }
    for (int j = 0; j < scale.length; j++) {
      double deviation = Math.sqrt(scale[j]);
      scale[j] = deviation <= CONSTANT * Math.abs(mean[j]) ? 0 : 1 / deviation;
    }
    return new Standardisation(mean, scale);
  }

  /** Leaves every feature as it is. */
  static Standardisation none(int width) {
    double[] scale = new double[width];
    Arrays.fill(scale, 1);
    return new Standardisation(new double[width], scale);
  }

  /** Chooses one of the two. */
  static Standardisation of(float[][] rows, boolean standardise) {
    return standardise ? of(rows) : none(rows[0].length);
  }

  /** What a standardised feature is multiplied by to be as it was; 0 for a constant one. */
  double deviation(int feature) {
    return scale[feature] == 0 ? 0 : 1 / scale[feature];
  }

  float[] apply(float[] row) {
    float[] result = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      result[j] = (float) ((row[j] - mean[j]) * scale[j]);
    }
    return result;
  }

  /**
   * A classifier of raw rows from one of standardised rows: {@code W (x - mean) scale + b = (W
   * scale) x + (b - (W scale) mean)}.
   *
   * @param parameters the weights {@code [classes, dimension]} and then the biases {@code
   *     [classes]} for standardised rows
   */
  LinearClassifier unfold(List<String> classNames, double[] parameters) {
    int classes = classNames.size();
    int width = mean.length;
    double[][] weights = new double[classes][width];
    double[] biases = Arrays.copyOfRange(parameters, classes * width, parameters.length);
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < width; j++) {
        weights[c][j] = parameters[c * width + j] * scale[j];
        biases[c] -= weights[c][j] * mean[j];
      }
    }
    return new LinearClassifier(classNames, weights, biases);
  }
}
