package dev.kindred.evaluation;

import dev.kindred.runtime.Sessions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Finds the centre nearest to each of some rows, which stay in a graph. */
final class NearestCentres implements AutoCloseable {
  /** How many products are in memory at once: 64 MiB of them. */
  private static final int PRODUCTS = 1 << 24;

  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> centres;
  private final Placeholder<TInt32> begin;
  private final Placeholder<TInt32> size;
  private final Operand<TInt32> nearest;
  private final int rows;
  private final int width;

  /** Puts {@code all} into a graph. */
  NearestCentres(float[][] all) {
    rows = all.length;
    width = all[0].length;
    Ops tf = Ops.create(graph);
    Shape shape = Shape.of(rows, width);
    Placeholder<TFloat32> fed = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    Op fill = tf.assign(variable, fed);
    centres = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
    begin = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    size = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    nearest = nearest(tf, tf.slice(tf.identity(variable), begin, size));
    session = Sessions.open(graph);
    try (TFloat32 packed = Rows.pack(rows, width, i -> all[i])) {
      session.runner().feed(fed, packed).addTarget(fill).run().close();
    }
  }

  /** {@code |x - c|^2 / 2} is least where {@code x c - |c|^2 / 2} is most. */
  private Operand<TInt32> nearest(Ops tf, Operand<TFloat32> some) {
    Operand<TFloat32> halves =
        tf.math.mul(tf.reduceSum(tf.math.square(centres), tf.constant(1)), tf.constant(0.5f));
    Operand<TFloat32> products = tf.linalg.matMul(some, centres, MatMul.transposeB(true));
    return tf.math.argMax(tf.math.sub(products, halves), tf.constant(1), TInt32.class);
  }

  /** The nearest of {@code to} for each row. */
  int[] assign(float[][] to) {
    int[] assignment = new int[rows];
    int batch = Math.max(1, PRODUCTS / to.length);
    try (TFloat32 fed = Rows.pack(to.length, width, i -> to[i])) {
      for (int from = 0; from < rows; from += batch) {
        assign(fed, assignment, from, Math.min(batch, rows - from));
      }
    }
    return assignment;
  }

  private void assign(TFloat32 to, int[] assignment, int from, int count) {
    try (TInt32 first = TInt32.vectorOf(from, 0);
        TInt32 shape = TInt32.vectorOf(count, width);
        Result result =
            session
                .runner()
                .feed(centres, to)
                .feed(begin, first)
                .feed(size, shape)
                .fetch(nearest)
                .run()) {
      result.get(0).asRawTensor().data().asInts().read(assignment, from, count);
    }
  }

  /** Frees the rows; may be called twice. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
