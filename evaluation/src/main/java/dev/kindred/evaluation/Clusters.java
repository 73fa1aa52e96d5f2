package dev.kindred.evaluation;

import dev.kindred.runtime.Require;
import java.util.Arrays;

/**
 * Rows in groups. Immutable by convention: the arrays are not copied, and nobody writes to them.
 * The numbers of the clusters mean nothing.
 *
 * @param assignment the cluster of each row, from 0
 * @param centres {@code [clusters][dimension]}; of directions, of length 1
 * @param inertia the sum of squared distances from each row to its centre, {@code >= 0}; lower is
 *     tighter, and more clusters are always tighter, so only equal numbers of them compare
 * @param iterations how often rows were given to centres
 * @param converged whether the search ended by itself, not by the limit of its iterations
 */
public record Clusters(
    int[] assignment, float[][] centres, double inertia, int iterations, boolean converged) {

  /**
   * Checks that the parts fit each other.
   *
   * @throws IllegalArgumentException if a row is in a cluster that has no centre, the inertia is
   *     negative or not finite, or {@code iterations} below 1
   */
  public Clusters {
    int clusters = centres.length;
    for (int cluster : assignment) {
      Require.that(
          cluster >= 0 && cluster < clusters, "cluster", "from 0 to " + (clusters - 1), cluster);
    }
    Require.atLeastZero("inertia", inertia);
    Require.atLeastOne("iterations", iterations);
  }

  /** The number of clusters. */
  public int count() {
    return centres.length;
  }

  /** How many rows each cluster has. */
  public int[] sizes() {
    return sizes(assignment, centres.length);
  }

  static int[] sizes(int[] assignment, int clusters) {
    int[] sizes = new int[clusters];
    Arrays.stream(assignment).forEach(cluster -> sizes[cluster]++);
    return sizes;
  }

  /** The same, found by a search that ended by itself. */
  Clusters settled() {
    return new Clusters(assignment, centres, inertia, iterations, true);
  }
}
