package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.UnitVectors;
import dev.kindred.runtime.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Finds the rows of a bank that are nearest to queries by cosine, exactly, by comparing each query
 * with every row. A row of zeros has cosine 0 with all. Of rows that are equally near the earlier
 * comes first. Many queries together are much quicker than one by one. Safe for use from several
 * threads at once; close it when done.
 *
 * <pre>{@code
 * try (ExactSearch search = new ExactSearch(embeddings)) {
 *   List<Neighbour> ten = search.nearest(query, 10);
 * }
 * }</pre>
 */
public final class ExactSearch implements VectorIndex {
  /** How many cosines are in memory at once: 64 MiB of them. */
  private static final int COSINES = 1 << 24;

  private final Embeddings bank;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> queries;
  private final Placeholder<TInt32> wanted;
  private final Operand<TFloat32> cosines;
  private final TopK<TFloat32, TInt32> nearest;
  private final int width;

  /** What to do with the neighbours of one query, nearest first. */
  interface Visitor {
    void visit(int query, float[] cosines, int[] rows);
  }

  /**
   * What to do with the cosines of one query with all rows; the array is used again. Used by one
   * thread.
   */
  interface CosineVisitor {
    void visit(int query, float[] cosines);
  }

  /** Puts the rows of {@code bank} into a graph, at length one. */
  public ExactSearch(Embeddings bank) {
    this.bank = bank;
    this.width = bank.dimension();
    Ops tf = Ops.create(graph);
    Shape shape = Shape.of(bank.size(), width);
    Placeholder<TFloat32> rows = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    Op fill = tf.assign(variable, rows);
    queries = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
    wanted = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    cosines = tf.linalg.matMul(queries, tf.identity(variable), MatMul.transposeB(true));
    nearest = tf.nn.topK(cosines, wanted, TInt32.class, TopK.sorted(true));
    session = Sessions.open(graph);
    try (TFloat32 units = Rows.pack(bank.size(), width, i -> UnitVectors.of(bank.vectors()[i]))) {
      session.runner().feed(rows, units).addTarget(fill).run().close();
    }
  }

  @Override
  public List<List<Neighbour>> nearest(float[][] all, int k) {
    VectorIndex.requireQueries(all, k, width);
    List<List<Neighbour>> found = new ArrayList<>(all.length);
    search(all, k, batch(), (query, cosines, rows) -> found.add(neighbours(cosines, rows)));
    return found;
  }

  @Override
  public int size() {
    return bank.size();
  }

  @Override
  public int dimension() {
    return width;
  }

  private List<Neighbour> neighbours(float[] cosines, int[] rows) {
    return IntStream.range(0, rows.length)
        .mapToObj(i -> new Neighbour(rows[i], bank.ids().get(rows[i]), cosines[i]))
        .toList();
  }

  /** How many queries to search at once, so that memory stays bounded. */
  int batch() {
    return Math.max(1, COSINES / bank.size());
  }

  /** Visits every query in order. */
  void search(float[][] all, int k, int batch, Visitor visitor) {
    int found = Math.min(k, bank.size());
    for (int from = 0; from < all.length; from += batch) {
      int first = from;
      int count = Math.min(batch, all.length - from);
      try (TFloat32 units = Rows.pack(count, width, i -> UnitVectors.of(all[first + i]));
          TInt32 size = TInt32.scalarOf(found);
          Result result =
              session
                  .runner()
                  .feed(queries, units)
                  .feed(wanted, size)
                  .fetch(nearest.values())
                  .fetch(nearest.indices())
                  .run()) {
        visit(first, count, found, result, visitor);
      }
    }
  }

  /**
   * Visits every query once, in any order and from several threads, with its cosines with the rows
   * of the bank in theirs.
   *
   * @param visitors makes one for each thread
   */
  void compare(float[][] all, int batch, Supplier<CosineVisitor> visitors) {
    for (int from = 0; from < all.length; from += batch) {
      int first = from;
      int count = Math.min(batch, all.length - from);
      try (TFloat32 units = Rows.pack(count, width, i -> UnitVectors.of(all[first + i]));
          Result result = session.runner().feed(queries, units).fetch(cosines).run()) {
        FloatDataBuffer values = result.get(0).asRawTensor().data().asFloats();
        int parts = Math.min(count, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, parts)
            .parallel()
            .forEach(
                part ->
                    visit(
                        part * count / parts,
                        (part + 1) * count / parts,
                        first,
                        values,
                        visitors.get()));
      }
    }
  }

  /** Visits a part of the queries of which {@code values} has the cosines. */
  private void visit(int from, int end, int first, FloatDataBuffer values, CosineVisitor visitor) {
    float[] cosinesOfOne = new float[bank.size()];
    for (int i = from; i < end; i++) {
      values.offset((long) i * bank.size()).read(cosinesOfOne);
      visitor.visit(first + i, cosinesOfOne);
    }
  }

  private static void visit(int first, int count, int k, Result result, Visitor visitor) {
    Tensor cosines = result.get(0);
    Tensor rows = result.get(1);
    float[] cosinesOfOne = new float[k];
    int[] rowsOfOne = new int[k];
    for (int i = 0; i < count; i++) {
      cosines.asRawTensor().data().asFloats().offset((long) i * k).read(cosinesOfOne);
      rows.asRawTensor().data().asInts().offset((long) i * k).read(rowsOfOne);
      visitor.visit(first + i, cosinesOfOne, rowsOfOne);
    }
  }

  /** Frees the bank; may be called twice. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
