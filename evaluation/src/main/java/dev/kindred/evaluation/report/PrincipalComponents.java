package dev.kindred.evaluation.report;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.types.TFloat64;

/**
 * Rows in the plane of their two directions of largest variance, exactly: by the eigenvectors of
 * their covariance matrix {@code X'X}, or of {@code XX'} where that is the smaller and its
 * eigenvectors are the coordinates themselves.
 *
 * @param points a row's two coordinates each; the sign of a coordinate is such that its value of
 *     largest magnitude is positive
 * @param shares the share of the total variance along each of the two, in [0, 1]; 0 if all rows are
 *     equal
 */
record PrincipalComponents(List<float[]> points, List<Double> shares) {

  /** The principal components of {@code vectors}, {@code [rows][width]}, neither being zero. */
  static PrincipalComponents of(float[][] vectors) {
    int rows = vectors.length;
    int width = vectors[0].length;
    double[] centred = centred(vectors);
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        TFloat64 fed = TFloat64.tensorOf(Shape.of(rows, width), DataBuffers.of(centred))) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> x = tf.placeholder(TFloat64.class);
      SelfAdjointEig<TFloat64> eigen = tf.linalg.selfAdjointEig(gram(tf, x, width <= rows));
      Operand<TFloat64> all = width <= rows ? tf.linalg.matMul(x, eigen.v()) : scaled(tf, eigen);
      try (Result result = session.runner().feed(x, fed).fetch(all).fetch(eigen.e()).run()) {
        return leading(
            StdArrays.array2dCopyOf((TFloat64) result.get(0)),
            StdArrays.array1dCopyOf((TFloat64) result.get(1)));
      }
    }
  }

  private static Operand<TFloat64> gram(Ops tf, Operand<TFloat64> x, boolean ofColumns) {
    return tf.linalg.matMul(x, x, MatMul.transposeA(ofColumns), MatMul.transposeB(!ofColumns));
  }

  /** Eigenvectors of {@code XX'} times the roots of their eigenvalues: the rows' coordinates. */
  private static Operand<TFloat64> scaled(Ops tf, SelfAdjointEig<TFloat64> eigen) {
    Operand<TFloat64> zero = tf.constant(0.0);
    return tf.math.mul(eigen.v(), tf.math.sqrt(tf.math.maximum(eigen.e(), zero)));
  }

  /** Eigenvalues come in rising order, so the leading ones are the last. */
  private static PrincipalComponents leading(double[][] coordinates, double[] eigenvalues) {
    double total = Arrays.stream(eigenvalues).sum();
    float[][] points = new float[coordinates.length][2];
    double[] shares = new double[2];
    for (int axis = 0; axis < Math.min(2, eigenvalues.length); axis++) {
      int column = eigenvalues.length - 1 - axis;
      shares[axis] = total > 0 ? Math.max(0, eigenvalues[column]) / total : 0;
      double sign = sign(coordinates, column);
      for (int row = 0; row < points.length; row++) {
        points[row][axis] = (float) (sign * coordinates[row][column]);
      }
    }
    return new PrincipalComponents(List.of(points), List.of(shares[0], shares[1]));
  }

  private static double sign(double[][] coordinates, int column) {
    double extreme = 0;
    for (double[] row : coordinates) {
      extreme = Math.abs(row[column]) > Math.abs(extreme) ? row[column] : extreme;
    }
    return Math.signum(extreme);
  }

  /** The rows one after another, less their mean. */
  private static double[] centred(float[][] vectors) {
    int width = vectors[0].length;
    double[] mean = mean(vectors);
    double[] centred = new double[Math.multiplyExact(vectors.length, width)];
    for (int i = 0; i < centred.length; i++) {
      centred[i] = vectors[i / width][i % width] - mean[i % width];
    }
    return centred;
  }

  private static double[] mean(float[][] vectors) {
    double[] mean = new double[vectors[0].length];
    for (float[] row : vectors) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += (double) row[j] / vectors.length;
      }
    }
    return mean;
  }
}
