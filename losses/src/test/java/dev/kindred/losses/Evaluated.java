package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.DoubleNdArray;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * The value of a loss of two matrices, and its gradients.
 *
 * @param value the reduced loss
 * @param gradients with respect to the first and the second matrix
 */
record Evaluated(double value, List<double[][]> gradients) {

  /** A loss of two matrices. */
  interface Loss {
    <T extends TFloating> Operand<T> of(Ops tf, Operand<T> a, Operand<T> b);
  }

  static Evaluated in64(Loss loss, double[][] a, double[][] b) {
    return in(TFloat64.class, loss, a, b);
  }

  static Evaluated in32(Loss loss, double[][] a, double[][] b) {
    return in(TFloat32.class, loss, a, b);
  }

  private static <T extends TFloating> Evaluated in(
      Class<T> type, Loss loss, double[][] a, double[][] b) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<T> x = tf.dtypes.cast(tf.constant(a), type);
      Operand<T> y = tf.dtypes.cast(tf.constant(b), type);
      Operand<T> value = loss.of(tf, x, y);
      Output<?>[] gradients =
          graph.addGradients(value.asOutput(), new Output<?>[] {x.asOutput(), y.asOutput()});
      try (Result result =
          session
              .runner()
              .fetch(as64(tf, value))
              .fetch(as64(tf, gradients[0]))
              .fetch(as64(tf, gradients[1]))
              .run()) {
        return new Evaluated(
            ((TFloat64) result.get(0)).getDouble(),
            List.of(matrix((TFloat64) result.get(1)), matrix((TFloat64) result.get(2))));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat64> as64(Ops tf, Operand<?> operand) {
    return tf.dtypes.cast((Operand<TFloat64>) operand, TFloat64.class);
  }

  private static double[][] matrix(DoubleNdArray values) {
    return StdArrays.array2dCopyOf(values);
  }
}
