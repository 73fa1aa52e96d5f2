package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.UnitVectors;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;

/**
 * Rows as k-means compares them, near the origin and of size about 1, so that products of float32
 * keep the digits that tell rows apart.
 *
 * @param rows {@code (original - mean) / 2^exponent}
 * @param mean {@code [dimension]}
 * @param exponent of the scale, a power of two
 */
record ClusterPoints(float[][] rows, double[] mean, int exponent) {

  /** The rows' directions. */
  static ClusterPoints directions(Embeddings embeddings) {
    float[][] vectors = embeddings.vectors();
    for (int i = 0; i < vectors.length; i++) {
      if (Rows.isZero(vectors[i])) {
        throw new KindredException(
            "%s is a vector of zeros, which has no direction; leave it out, or do not cluster by directions"
                .formatted(embeddings.ids().get(i)));
      }
    }
    float[][] units = Arrays.stream(vectors).map(UnitVectors::of).toArray(float[][]::new);
    return new ClusterPoints(units, new double[embeddings.dimension()], 0);
  }

  /** The rows less their mean. */
  static ClusterPoints centred(Embeddings embeddings) {
    double[] mean = Rows.mean(embeddings.vectors());
    double largest = 0;
    for (float[] row : embeddings.vectors()) {
      for (int j = 0; j < mean.length; j++) {
        largest = Math.max(largest, Math.abs(row[j] - mean[j]));
      }
    }
    int exponent = Math.getExponent(largest);
    float[][] rows =
        Arrays.stream(embeddings.vectors())
            .map(row -> scaled(row, mean, exponent))
            .toArray(float[][]::new);
    return new ClusterPoints(rows, mean, exponent);
  }

  /** {@code found} among these rows, as it is among the original ones. */
  Clusters restore(Clusters found) {
    float[][] centres = Arrays.stream(found.centres()).map(this::original).toArray(float[][]::new);
    return new Clusters(
        found.assignment(),
        centres,
        Math.scalb(found.inertia(), 2 * exponent),
        found.iterations(),
        found.converged());
  }

  private static float[] scaled(float[] row, double[] mean, int exponent) {
    float[] result = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      result[j] = (float) Math.scalb(row[j] - mean[j], -exponent);
    }
    return result;
  }

  private float[] original(float[] centre) {
    float[] result = new float[centre.length];
    for (int j = 0; j < centre.length; j++) {
      result[j] = (float) (Math.scalb((double) centre[j], exponent) + mean[j]);
    }
    return result;
  }
}
