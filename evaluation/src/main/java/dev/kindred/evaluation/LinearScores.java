package dev.kindred.evaluation;

import dev.kindred.runtime.Sessions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** A {@link LinearClassifier} in a graph. */
final class LinearScores implements AutoCloseable {
  private static final int BATCH = 4096;

  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> rows;
  private final Operand<TFloat64> scores;
  private final int width;
  private final int classes;

  LinearScores(LinearClassifier classifier) {
    width = classifier.weights()[0].length;
    classes = classifier.biases().length;
    Ops tf = Ops.create(graph);
    rows = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
    Operand<TFloat64> weights = tf.constant(StdArrays.ndCopyOf(classifier.weights()));
    scores =
        tf.math.add(
            tf.linalg.matMul(
                tf.dtypes.cast(rows, TFloat64.class), weights, MatMul.transposeB(true)),
            tf.constant(classifier.biases()));
    session = Sessions.open(graph);
  }

  /** The most likely classes of each row. */
  int[][] rank(float[][] all) {
    int[][] ranked = new int[all.length][];
    for (int from = 0; from < all.length; from += BATCH) {
      rank(all, from, Math.min(BATCH, all.length - from), ranked);
    }
    return ranked;
  }

  private void rank(float[][] all, int from, int count, int[][] ranked) {
    double[] scoresOfOne = new double[classes];
    try (TFloat32 batch = Rows.pack(count, width, i -> all[from + i]);
        Result result = session.runner().feed(rows, batch).fetch(scores).run()) {
      for (int i = 0; i < count; i++) {
        long offset = (long) i * classes;
        result.get(0).asRawTensor().data().asDoubles().offset(offset).read(scoresOfOne);
        ranked[from + i] = Rows.best(scoresOfOne);
      }
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
