package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Groups rows around centres, so that the sum of squared distances from each row to its centre (the
 * inertia) is small: k-means. What classes a representation forms by itself shows in how the groups
 * agree with labels, {@link ClusterAgreement}.
 *
 * <ol>
 *   <li>Choose the first centre among the rows at random, each further one with a probability
 *       proportional to the squared distance from the nearest centre so far (k-means++).
 *   <li>Give every row to its nearest centre.
 *   <li>Let the row that is farthest from its centre be the centre of a cluster that got none.
 *   <li>Move every centre to the mean of its rows, and repeat from 2, until the inertia falls by
 *       less than 1e-5 of itself.
 *   <li>Repeat all of it from other starts, and keep the result of least inertia.
 * </ol>
 *
 * <p>The spherical kind compares directions: rows and centres are scaled to length 1, and the
 * inertia is {@code 2 sum (1 - cos)}. Representations that were trained by cosine are clustered so.
 * The Euclidean kind compares the vectors as they are.
 *
 * <p>Distances are exact; the nearest centre is found in float32. Same seed, same result on one
 * machine. Safe for use from several threads.
 *
 * <pre>{@code
 * Clusters ten = KMeans.of(10).cluster(embeddings);
 * double nmi = ClusterAgreement.of(ten, embeddings).nmi();
 * }</pre>
 *
 * <p>Lloyd, <a href="https://doi.org/10.1109/TIT.1982.1056489">Least Squares Quantization in
 * PCM</a> (1982); Arthur and Vassilvitskii, <a
 * href="https://dl.acm.org/doi/10.5555/1283383.1283494">k-means++: The Advantages of Careful
 * Seeding</a> (2007); Dhillon and Modha, <a href="https://doi.org/10.1023/A:1007612920971">Concept
 * Decompositions for Large Sparse Text Data Using Clustering</a> (2001), for the spherical kind.
 *
 * @param clusters how many, at least 2
 * @param spherical whether directions are compared, and not the vectors as they are
 * @param restarts how many starts are tried, at least 1
 * @param maxIterations how often, at most, rows are given to centres from one start; at least 1
 * @param seed what the starts are drawn from
 */
public record KMeans(int clusters, boolean spherical, int restarts, int maxIterations, long seed) {
  /** How many starts are tried unless told. */
  public static final int DEFAULT_RESTARTS = 3;

  /** How often rows are given to centres at most unless told, as in scikit-learn. */
  public static final int DEFAULT_MAX_ITERATIONS = 300;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if {@code clusters} is below 2, or {@code restarts} or {@code
   *     maxIterations} below 1
   */
  public KMeans {
    Require.that(clusters >= 2, "clusters", ">= 2", clusters);
    Require.atLeastOne("restarts", restarts);
    Require.atLeastOne("max iterations", maxIterations);
  }

  /**
   * The Euclidean kind with {@value #DEFAULT_RESTARTS} restarts of {@value #DEFAULT_MAX_ITERATIONS}
   * iterations at most, and seed 0.
   */
  public static KMeans of(int clusters) {
    return new KMeans(clusters, false, DEFAULT_RESTARTS, DEFAULT_MAX_ITERATIONS, 0);
  }

  /**
   * Groups the rows of {@code embeddings}; labels are not looked at.
   *
   * @throws KindredException if there are fewer rows, or fewer that differ, than clusters; or if a
   *     row is zero where directions are compared
   */
  public Clusters cluster(Embeddings embeddings) {
    if (clusters > embeddings.size()) {
      throw tooMany("rows", clusters, embeddings.size());
    }
    ClusterPoints points =
        spherical ? ClusterPoints.directions(embeddings) : ClusterPoints.centred(embeddings);
    return points.restore(best(points.rows()));
  }

  private Clusters best(float[][] rows) {
    SplittableRandom random = new SplittableRandom(seed);
    try (NearestCentres nearest = new NearestCentres(rows)) {
      Lloyd lloyd = new Lloyd(rows, nearest, spherical);
      Clusters best = lloyd.run(start(rows, random), maxIterations);
      for (int restart = 1; restart < restarts; restart++) {
        Clusters other = lloyd.run(start(rows, random), maxIterations);
        best = other.inertia() < best.inertia() ? other : best;
      }
      return best;
    }
  }

  /** The first centres, by k-means++. */
  private float[][] start(float[][] rows, SplittableRandom random) {
    double[] squares = new double[rows.length];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    float[][] centres = new float[clusters][];
    centres[0] = rows[random.nextInt(rows.length)];
    for (int c = 1; c < clusters; c++) {
      double total = SquaredDistances.shrink(squares, rows, centres[c - 1]);
      if (total == 0) {
        throw tooMany("different rows", clusters, c);
      }
      centres[c] = rows[drawn(squares, random.nextDouble() * total)];
    }
    return centres;
  }

  /** The row at {@code place} of the weights laid side by side; never one of weight 0. */
  private static int drawn(double[] weights, double place) {
    double passed = 0;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        passed += weights[i];
        last = i;
        if (passed > place) {
          return i;
        }
      }
    }
    return last;
  }

  private static KindredException tooMany(String what, int clusters, int there) {
    return new KindredException(
        "clusters must be at most the number of %s, was %d for %d; ask for fewer or add rows"
            .formatted(what, clusters, there));
  }
}
