package dev.kindred.evaluation;

import dev.kindred.runtime.Sessions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Finds the rows of a bank nearest to queries by cosine, exactly, in one graph. */
final class NearestRows implements AutoCloseable {
  /** How many cosines are in memory at once: 64 MiB of them. */
  private static final int COSINES = 1 << 24;

  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> queries;
  private final TopK<TFloat32, TInt32> nearest;
  private final int width;
  private final int k;

  /** What to do with the neighbours of one query, nearest first. */
  interface Visitor {
    void visit(int query, float[] cosines, int[] rows);
  }

  /** Puts {@code bank} into a graph; {@code k} is cut to its size. */
  NearestRows(float[][] bank, int k) {
    this.k = Math.min(k, bank.length);
    this.width = bank[0].length;
    Ops tf = Ops.create(graph);
    Shape shape = Shape.of(bank.length, width);
    Placeholder<TFloat32> rows = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    Op fill = tf.assign(variable, rows);
    queries = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
    Operand<TFloat32> cosines =
        tf.linalg.matMul(queries, tf.identity(variable), MatMul.transposeB(true));
    nearest = tf.nn.topK(cosines, tf.constant(this.k), TInt32.class, TopK.sorted(true));
    session = Sessions.open(graph);
    try (TFloat32 units = Rows.pack(bank.length, width, i -> Rows.unit(bank[i]))) {
      session.runner().feed(rows, units).addTarget(fill).run().close();
    }
  }

  /** How many queries to search at once, so that memory stays bounded. */
  static int batchFor(int bankSize) {
    return Math.max(1, COSINES / bankSize);
  }

  /** Visits every query in order. */
  void search(float[][] all, int batch, Visitor visitor) {
    for (int from = 0; from < all.length; from += batch) {
      int first = from;
      int count = Math.min(batch, all.length - from);
      try (TFloat32 units = Rows.pack(count, width, i -> Rows.unit(all[first + i]));
          Result result =
              session
                  .runner()
                  .feed(queries, units)
                  .fetch(nearest.values())
                  .fetch(nearest.indices())
                  .run()) {
        visit(first, count, result.get(0), result.get(1), visitor);
      }
    }
  }

  private void visit(int first, int count, Tensor cosines, Tensor rows, Visitor visitor) {
    float[] cosinesOfOne = new float[k];
    int[] rowsOfOne = new int[k];
    for (int i = 0; i < count; i++) {
      cosines.asRawTensor().data().asFloats().offset((long) i * k).read(cosinesOfOne);
      rows.asRawTensor().data().asInts().offset((long) i * k).read(rowsOfOne);
      visitor.visit(first + i, cosinesOfOne, rowsOfOne);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
