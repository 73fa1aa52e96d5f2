package dev.kindred.evaluation;

import dev.kindred.embedding.UnitVectors;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Lloyd's iterations from given centres; not for several threads. */
final class Lloyd {
  /** Which share of the inertia must be gained for another iteration to be worth it. */
  static final double TOLERANCE = 1e-5;

  /**
   * How many features one thread sums; each sum is one thread's, so its order is always the same.
   */
  private static final int FEATURES = 64;

  private final float[][] rows;
  private final NearestCentres nearest;
  private final boolean spherical;

  /**
   * @param rows those that {@code nearest} knows; of length 1 if {@code spherical}
   */
  Lloyd(float[][] rows, NearestCentres nearest, boolean spherical) {
    this.rows = rows;
    this.nearest = nearest;
    this.spherical = spherical;
  }

  /** Iterates until little is gained, or {@code maxIterations} times. */
  Clusters run(float[][] start, int maxIterations) {
    Clusters found = assigned(start.clone(), 1);
    while (!found.converged() && found.iterations() < maxIterations) {
      Clusters next = assigned(moved(found), found.iterations() + 1);
      boolean settled = found.inertia() - next.inertia() <= TOLERANCE * next.inertia();
      found = settled ? next.settled() : next;
    }
    return found;
  }

  /** Every row at its nearest centre, no centre without a row. */
  private Clusters assigned(float[][] centres, int iteration) {
    int[] assignment = nearest.assign(centres);
    double[] squares = SquaredDistances.of(rows, assignment, centres);
    fillEmpty(assignment, centres, squares);
    double inertia = Arrays.stream(squares).sum();
    return new Clusters(assignment, centres, inertia, iteration, inertia == 0);
  }

  private void fillEmpty(int[] assignment, float[][] centres, double[] squares) {
    int[] sizes = Clusters.sizes(assignment, centres.length);
    for (int c = 0; c < centres.length; c++) {
      if (sizes[c] == 0) {
        int row = farthest(assignment, sizes, squares);
        sizes[assignment[row]]--;
        sizes[c]++;
        assignment[row] = c;
        centres[c] = rows[row];
        squares[row] = 0;
      }
    }
  }

  /** The row farthest from its centre among those that are not alone with it. */
  private static int farthest(int[] assignment, int[] sizes, double[] squares) {
    int best = -1;
    for (int i = 0; i < squares.length; i++) {
      if (sizes[assignment[i]] > 1 && (best < 0 || squares[i] > squares[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Each cluster's mean; of directions, its direction. */
  private float[][] moved(Clusters from) {
    int[] sizes = from.sizes();
    double[][] sums = sums(from.assignment(), sizes.length);
    return IntStream.range(0, sizes.length)
        .mapToObj(c -> centre(mean(sums[c], sizes[c]), from.centres()[c]))
        .toArray(float[][]::new);
  }

  private float[] centre(float[] mean, float[] before) {
    if (!spherical) {
      return mean;
    }
    // Directions that cancel each other out are as far from one direction as from any other.
    return Rows.isZero(mean) ? before : UnitVectors.of(mean);
  }

  private static float[] mean(double[] sum, int size) {
    float[] mean = new float[sum.length];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = (float) (sum[j] / size);
    }
    return mean;
  }

  private double[][] sums(int[] assignment, int clusters) {
    int width = rows[0].length;
    double[][] sums = new double[clusters][width];
    IntStream.rangeClosed(0, (width - 1) / FEATURES)
        .map(block -> block * FEATURES)
        .parallel()
        .forEach(from -> add(sums, assignment, from, Math.min(width, from + FEATURES)));
    return sums;
  }

  private void add(double[][] sums, int[] assignment, int from, int end) {
    for (int i = 0; i < rows.length; i++) {
      double[] sum = sums[assignment[i]];
      for (int j = from; j < end; j++) {
        sum[j] += rows[i][j];
      }
    }
  }
}
