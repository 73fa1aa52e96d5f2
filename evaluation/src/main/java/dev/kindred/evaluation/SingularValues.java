package dev.kindred.evaluation;

import dev.kindred.runtime.Sessions;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * The singular values of rows as they are, as shares of their sum: by the eigenvalues of {@code
 * X'X}, summed in double precision a batch at a time, or of {@code XX'} where that is smaller. The
 * vectors' own float32 hides what is less than 1e-8 of the largest.
 *
 * @param shares their shares; all 0 if every row is zero
 */
record SingularValues(double[] shares) {
  /** What Garrido et al. (2023) add to a share. */
  static final double RANKME_EPSILON = 1e-7;

  /** How many numbers are in a batch: 64 MiB of them. */
  private static final int NUMBERS = 1 << 24;

  static SingularValues of(float[][] rows) {
    float[][] tall = rows.length < rows[0].length ? transposed(rows) : rows;
    double[] eigenvalues = eigenvalues(tall);
    double rounding = Math.ulp(1.0) * tall.length * Arrays.stream(eigenvalues).max().orElseThrow();
    double[] values =
        Arrays.stream(eigenvalues).map(e -> e > rounding ? Math.sqrt(e) : 0).toArray();
    double sum = Arrays.stream(values).sum();
    return new SingularValues(
        Arrays.stream(values).map(value -> sum > 0 ? value / sum : 0).toArray());
  }

  /** From 1, also for rows that are all zero, to the number of values. */
  double effectiveRank() {
    return exponentialOfEntropy(share -> share);
  }

  /** The same with {@value #RANKME_EPSILON} more to each share. */
  double rankMe() {
    return exponentialOfEntropy(share -> share + RANKME_EPSILON);
  }

  private double exponentialOfEntropy(DoubleUnaryOperator change) {
    return Math.exp(
        -Arrays.stream(shares)
            .map(change)
            .filter(share -> share > 0)
            .map(share -> share * Math.log(share))
            .sum());
  }

  private static double[] eigenvalues(float[][] rows) {
    int width = rows[0].length;
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> batch =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
      Variable<TFloat64> gram = tf.variable(Shape.of(width, width), TFloat64.class);
      Op clear = tf.assign(gram, tf.zeros(tf.array(width, width), TFloat64.class));
      Op add = tf.assignAdd(gram, product(tf, batch));
      SelfAdjointEig<TFloat64> eigen =
          tf.linalg.selfAdjointEig(tf.identity(gram), SelfAdjointEig.computeV(false));
      session.runner().addTarget(clear).run().close();
      int size = Math.max(1, NUMBERS / width);
      for (int from = 0; from < rows.length; from += size) {
        int first = from;
        int count = Math.min(size, rows.length - from);
        try (TFloat32 fed = Rows.pack(count, width, i -> rows[first + i])) {
          session.runner().feed(batch, fed).addTarget(add).run().close();
        }
      }
      try (Result result = session.runner().fetch(eigen.e()).run()) {
        return StdArrays.array1dCopyOf((TFloat64) result.get(0));
      }
    }
  }

  private static Operand<TFloat64> product(Ops tf, Operand<TFloat32> rows) {
    Operand<TFloat64> precise = tf.dtypes.cast(rows, TFloat64.class);
    return tf.linalg.matMul(precise, precise, MatMul.transposeA(true));
  }

  private static float[][] transposed(float[][] rows) {
    float[][] columns = new float[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }
}
