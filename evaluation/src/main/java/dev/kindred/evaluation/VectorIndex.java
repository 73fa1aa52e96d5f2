package dev.kindred.evaluation;

import dev.kindred.runtime.Require;
import java.util.List;

/**
 * Vectors among which the nearest to a query are found by cosine, exactly ({@link ExactSearch}) or
 * nearly ({@link HnswIndex}). Neighbours come nearest first, and of equally near ones the earlier
 * row first. A vector of zeros has cosine 0 with all.
 *
 * <p>Searching is safe from several threads at once. Whoever makes an index closes it; closing may
 * be done twice, and nothing can be searched afterwards.
 */
public interface VectorIndex extends AutoCloseable {

  /**
   * The {@code k} rows nearest to {@code query}, nearest first; all rows if there are fewer.
   *
   * @param query {@code [dimension]}, of any length but not NaN or infinite
   * @param k how many, {@code >= 1}
   * @throws IllegalArgumentException if {@code query} is of another width, or {@code k < 1}
   */
  default List<Neighbour> nearest(float[] query, int k) {
    return nearest(new float[][] {query}, k).get(0);
  }

  /**
   * The same for many queries, in their order, on all processors.
   *
   * @param queries {@code [count][dimension]}
   * @throws IllegalArgumentException if a query is of another width, or {@code k < 1}
   */
  List<List<Neighbour>> nearest(float[][] queries, int k);

  /** The number of rows. */
  int size();

  /** The width of a row. */
  int dimension();

  @Override
  void close();

  /** Refuses what cannot be searched for. */
  static void requireQueries(float[][] queries, int k, int dimension) {
    Require.atLeastOne("k", k);
    for (float[] query : queries) {
      if (query.length != dimension) {
        throw new IllegalArgumentException(
            "query must be %d wide like the index, was %d; embed it with the model of the index"
                .formatted(dimension, query.length));
      }
    }
  }
}
