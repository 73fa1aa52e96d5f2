package dev.kindred.evaluation;

import dev.kindred.runtime.Require;
import java.util.Random;

/**
 * Vectors through a random matrix, to fewer numbers: what raw input is worth at the width of a
 * representation. The matrix is normal with variance {@code 1 / from}. Immutable.
 */
public final class RandomProjection {
  private final int from;
  private final float[][] matrix;

  /**
   * Draws a matrix.
   *
   * @param from the width of a vector, {@code >= 1}
   * @param to the width of what it becomes, {@code >= 1}
   * @param seed what the matrix derives from
   */
  public RandomProjection(int from, int to, long seed) {
    this.from = Require.atLeastOne("width", from);
    matrix = new float[Require.atLeastOne("projected width", to)][from];
    Random random = new Random(seed);
    double deviation = 1 / Math.sqrt(from);
    for (float[] row : matrix) {
      for (int i = 0; i < from; i++) {
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
    Require.that(vector.length == from, "vector", "of %d numbers".formatted(from), vector.length);
    float[] projected = new float[matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      float sum = 0;
      float[] weights = matrix[row];
      for (int i = 0; i < from; i++) {
        sum += weights[i] * vector[i];
      }
      projected[row] = sum;
    }
    return projected;
  }
}
