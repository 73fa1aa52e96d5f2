package dev.kindred.evaluation;

import dev.kindred.runtime.Require;
import java.util.Random;

/**
 * Vectors through a random matrix, to fewer numbers: what raw input is worth at the width of a
 * representation. The matrix is normal with variance {@code 1 / from}. Immutable.
 */
public final class RandomProjection {
  private final int to;
  private final float[][] rows;

  /**
   * Draws a matrix.
   *
   * @param from the width of a vector, {@code >= 1}
   * @param to the width of what it becomes, {@code >= 1}
   * @param seed what the matrix derives from
   */
  public RandomProjection(int from, int to, long seed) {
    this.to = Require.atLeastOne("projected width", to);
    rows = new float[Require.atLeastOne("width", from)][to];
    Random random = new Random(seed);
    double deviation = 1 / Math.sqrt(from);
    for (float[] row : rows) {
      for (int i = 0; i < to; i++) {
        row[i] = (float) (random.nextGaussian() * deviation);
      }
    }
  }

  /**
   * A vector of fewer numbers.
   *
   * @throws IllegalArgumentException if {@code vector} is of another width
   */
  public float[] apply(float[] vector) {
    Require.that(
        vector.length == rows.length,
        "vector",
        "of %d numbers".formatted(rows.length),
        vector.length);
    float[] projected = new float[to];
    for (int i = 0; i < vector.length; i++) {
      if (vector[i] != 0) {
        addTo(projected, vector[i], rows[i]);
      }
    }
    return projected;
  }

  private static void addTo(float[] sum, float factor, float[] row) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * row[i];
    }
  }
}
