package dev.kindred.evaluation;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Multinomial logistic regression by Newton's method with the whole Hessian, until the step is
 * nothing: {@code sum -log softmax(W x + b)[y] + l2 / 2 |W|^2}. The last class's parameters stay
 * free too; the Hessian's null direction, a shift of all biases, and that alone is held.
 */
final class NewtonRegression {
  /** What a shift of all biases adds: far above rounding, which a tiny ridge makes steps of. */
  private static final double HELD = 1;

  private final double[][] rows;
  private final int[] labels;
  private final int classes;
  private final int width;
  private final double l2;
  private RealVector parameters;

  private NewtonRegression(double[][] rows, int[] labels, int classes, double l2) {
    this.rows = rows;
    this.labels = labels;
    this.classes = classes;
    this.width = rows[0].length + 1;
    this.l2 = l2;
    this.parameters = new ArrayRealVector(classes * width);
  }

  static NewtonRegression solve(double[][] rows, int[] labels, int classes, double l2) {
    var found = new NewtonRegression(rows, labels, classes, l2);
    double step = Double.MAX_VALUE;
    while (step > 1e-10) {
      step = found.step();
    }
    return found;
  }

  /** The class of a row. */
  int predict(double[] row) {
    return Rows.best(scores(row))[0];
  }

  /** One step, halved until the loss falls; returns its length. */
  private double step() {
    RealMatrix hessian = new Array2DRowRealMatrix(classes * width, classes * width);
    RealVector gradient = new ArrayRealVector(classes * width);
    for (int i = 0; i < rows.length; i++) {
      add(hessian, gradient, softmax(scores(rows[i])), rows[i], labels[i]);
    }
    for (int p = 0; p < classes * width; p++) {
      if (isBias(p)) {
        for (int q = width - 1; q < classes * width; q += width) {
          hessian.addToEntry(p, q, HELD);
        }
      } else {
        hessian.addToEntry(p, p, l2);
        gradient.addToEntry(p, l2 * parameters.getEntry(p));
      }
    }
    RealVector step = new CholeskyDecomposition(hessian).getSolver().solve(gradient);
    RealVector start = parameters;
    double before = loss();
    parameters = start.subtract(step);
    while (loss() > before + 1e-9 * Math.abs(before)) {
      step = step.mapMultiply(0.5);
      parameters = start.subtract(step);
    }
    return step.getLInfNorm();
  }

  private void add(RealMatrix hessian, RealVector gradient, double[] p, double[] row, int label) {
    for (int a = 0; a < classes; a++) {
      for (int j = 0; j < width; j++) {
        gradient.addToEntry(a * width + j, (p[a] - (a == label ? 1 : 0)) * value(row, j));
        for (int b = 0; b < classes; b++) {
          double weight = (a == b ? p[a] : 0) - p[a] * p[b];
          for (int k = 0; k < width; k++) {
            hessian.addToEntry(
                a * width + j, b * width + k, weight * value(row, j) * value(row, k));
          }
        }
      }
    }
  }

  private double loss() {
    double loss = 0;
    for (int i = 0; i < rows.length; i++) {
      loss -= Math.log(softmax(scores(rows[i]))[labels[i]]);
    }
    for (int p = 0; p < classes * width; p++) {
      loss += isBias(p) ? 0 : l2 / 2 * Math.pow(parameters.getEntry(p), 2);
    }
    return loss;
  }

  private double[] scores(double[] row) {
    double[] scores = new double[classes];
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < width; j++) {
        scores[c] += parameters.getEntry(c * width + j) * value(row, j);
      }
    }
    return scores;
  }

  private boolean isBias(int parameter) {
    return parameter % width == width - 1;
  }

  private double value(double[] row, int j) {
    return j < row.length ? row[j] : 1;
  }

  private static double[] softmax(double[] scores) {
    double most = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      most = Math.max(most, score);
    }
    double sum = 0;
    double[] p = new double[scores.length];
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp(scores[c] - most);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }
}
