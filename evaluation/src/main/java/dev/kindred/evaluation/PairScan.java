package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.Quality.Repeats;
import java.util.Arrays;

/**
 * What is seen in one pass over all pairs of rows.
 *
 * @param uniformity the logarithm of the pairs' mean Gaussian potential
 * @param near rows whose direction an earlier one has, without being equal
 */
record PairScan(double uniformity, Repeats near) {
  /** The cosine from which directions are the same but for rounding. */
  static final float NEAR = 1 - 1e-6f;

  private static final double T = 2;

  static PairScan of(Embeddings embeddings, ExactSearch search) {
    float[][] vectors = embeddings.vectors();
    double[] squares = Arrays.stream(vectors).mapToDouble(v -> Rows.isZero(v) ? 0 : 1).toArray();
    double[] potentials = new double[vectors.length];
    int[] twins = new int[vectors.length];
    search.compare(
        vectors,
        search.batch(),
        () ->
            (row, cosines) -> {
              potentials[row] = potential(row, cosines, squares);
              twins[row] = nearest(row, cosines, vectors);
            });
    RepeatedRows near = new RepeatedRows(embeddings.ids());
    for (int row = 0; row < twins.length; row++) {
      if (twins[row] >= 0) {
        near.add(row, twins[row]);
      }
    }
    double pairs = vectors.length * (vectors.length - 1.0) / 2;
    double mean = Arrays.stream(potentials).sum() / pairs;
    return new PairScan(Math.log(mean), near.repeats());
  }

  /** The sum over earlier rows, so that every pair counts once. */
  private static double potential(int row, float[] cosines, double[] squares) {
    double sum = 0;
    for (int other = 0; other < row; other++) {
      double distance = squares[row] + squares[other] - 2.0 * cosines[other];
      sum += Math.exp(-T * Math.max(0, distance));
    }
    return sum;
  }

  /** The first earlier row with this one's direction that is not equal, or -1. */
  private static int nearest(int row, float[] cosines, float[][] vectors) {
    for (int other = 0; other < row; other++) {
      if (cosines[other] >= NEAR && !Arrays.equals(vectors[other], vectors[row])) {
        return other;
      }
    }
    return -1;
  }
}
