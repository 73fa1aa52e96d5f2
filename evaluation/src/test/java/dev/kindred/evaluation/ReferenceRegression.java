package dev.kindred.evaluation;

import java.util.Arrays;

/** Multinomial logistic regression by plain gradient descent in float64, slowly but surely. */
record ReferenceRegression(double[][] weights, double[] biases) {
  private static final double CONVERGED = 1e-4;

  static ReferenceRegression solve(double[][] rows, int[] labels, int classes, double l2) {
    int width = rows[0].length;
    double squares = Arrays.stream(rows).flatMapToDouble(Arrays::stream).map(v -> v * v).sum();
    // Below the inverse of a bound on the curvature, so every step decreases the loss.
    double rate = 1 / ((squares + rows.length) / 2 + l2);
    var found = new ReferenceRegression(new double[classes][width], new double[classes]);
    while (found.descend(rows, labels, l2, rate) > CONVERGED) {}
    return found;
  }

  static double[][] rows(float[][] raw, boolean standardise) {
    double[][] rows = new double[raw.length][raw[0].length];
    for (int j = 0; j < raw[0].length; j++) {
      int column = j;
      double mean = Arrays.stream(raw).mapToDouble(row -> row[column]).average().orElseThrow();
      double variance =
          Arrays.stream(raw)
              .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
              .average()
              .orElseThrow();
      for (int i = 0; i < raw.length; i++) {
        rows[i][j] = standardise ? (raw[i][j] - mean) / Math.sqrt(variance) : raw[i][j];
      }
    }
    return rows;
  }

  static double[][] scores(LinearClassifier classifier, float[][] raw) {
    var same = new ReferenceRegression(classifier.weights(), classifier.biases());
    return Arrays.stream(rows(raw, false)).map(same::scores).toArray(double[][]::new);
  }

  static double[] centred(double[] scores) {
    double mean = Arrays.stream(scores).average().orElseThrow();
    return Arrays.stream(scores).map(score -> score - mean).toArray();
  }

  int[] predict(double[][] rows) {
    return Arrays.stream(rows).mapToInt(row -> Rows.best(scores(row))[0]).toArray();
  }

  double[] scores(double[] row) {
    double[] scores = biases.clone();
    for (int c = 0; c < scores.length; c++) {
      for (int j = 0; j < row.length; j++) {
        scores[c] += weights[c][j] * row[j];
      }
    }
    return scores;
  }

  /** One step; returns the largest slope before it, of the sum over the rows. */
  private double descend(double[][] rows, int[] labels, double l2, double rate) {
    double[][] ofWeights = new double[weights.length][weights[0].length];
    double[] ofBiases = new double[biases.length];
    for (int i = 0; i < rows.length; i++) {
      double[] exps = Arrays.stream(scores(rows[i])).map(Math::exp).toArray();
      double sum = Arrays.stream(exps).sum();
      for (int c = 0; c < biases.length; c++) {
        double delta = exps[c] / sum - (labels[i] == c ? 1 : 0);
        ofBiases[c] += delta;
        for (int j = 0; j < rows[i].length; j++) {
          ofWeights[c][j] += delta * rows[i][j];
        }
      }
    }
    double largest = 0;
    for (int c = 0; c < biases.length; c++) {
      biases[c] -= rate * ofBiases[c];
      largest = Math.max(largest, Math.abs(ofBiases[c]));
      for (int j = 0; j < weights[c].length; j++) {
        double slope = ofWeights[c][j] + l2 * weights[c][j];
        weights[c][j] -= rate * slope;
        largest = Math.max(largest, Math.abs(slope));
      }
    }
    return largest;
  }
}
