package dev.kindred.evaluation.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Exact nearest neighbours of a few rows, by cosine similarity. */
final class Nearest {
  private Nearest() {}

  /** A row and its cosine similarity to the query, in [-1, 1]. */
  record Neighbour(int row, double similarity) {}

  /**
   * The {@code k} rows most similar to row {@code query} without itself, best first; of two equally
   * similar the earlier. A row of zeros has similarity 0 to all.
   */
  static List<Neighbour> of(float[][] vectors, int query, int k) {
    return IntStream.range(0, vectors.length)
        .filter(row -> row != query)
        .mapToObj(row -> new Neighbour(row, cosine(vectors[query], vectors[row])))
        .sorted(Comparator.comparingDouble(Neighbour::similarity).reversed())
        .limit(k)
        .toList();
  }

  private static double cosine(float[] a, float[] b) {
    double norms = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
    return norms == 0 ? 0 : dot(a, b) / norms;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
