package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KMeansTest {
  @Property(tries = 20)
  void findsCloudsThatLieApart(@ForAll long seed, @ForAll boolean spherical) {
    Embeddings clouds = Examples.clouds(200, 5, 30, seed);
    Clusters found = new KMeans(3, spherical, 5, 100, seed).cluster(clouds);
    assertThat(ClusterAgreement.of(found, clouds).ari()).isEqualTo(1);
    assertThat(found.converged()).isTrue();
    assertThat(found.count()).isEqualTo(3);
    assertThat(Arrays.stream(found.sizes()).sum()).isEqualTo(200);
  }

  @Test
  void centresAreMeansAndTheInertiaIsOfThem() {
    Clusters found = KMeans.of(2).cluster(rows(new float[][] {{0, 0}, {0, 2}, {10, 0}, {10, 4}}));
    assertThat(found.inertia()).isEqualTo(1 + 1 + 4 + 4);
    assertThat(List.of(found.centres()))
        .containsExactlyInAnyOrder(new float[] {0, 1}, new float[] {10, 2});
  }

  @Test
  void ofDirectionsTheInertiaIsOfCosines() {
    // Each of two pairs is 60 degrees wide, its middle 30 from either: 4 times 2 (1 - cos 30).
    float side = (float) (Math.sqrt(3) / 2);
    Clusters found =
        new KMeans(2, true, 5, 100, 0)
            .cluster(rows(new float[][] {{1, 0}, {5, 10 * side}, {-3, 0}, {-1, -2 * side}}));
    assertThat(found.inertia()).isCloseTo(8 * (1 - Math.sqrt(3) / 2), within(1e-6));
    assertThat(found.assignment()[0]).isEqualTo(found.assignment()[1]);
    assertThat(found.centres()[found.assignment()[0]])
        .containsExactly(new float[] {side, 0.5f}, within(1e-6f));
  }

  /** Of some sets no start leads to the best: then the result is a little worse, never better. */
  @Test
  void isAsGoodAsTheBestOfAllPartitionsNearlyAlways() {
    int sets = 30;
    int reached = 0;
    for (int seed = 0; seed < sets; seed++) {
      Embeddings few = rows(Examples.gaussian(8, 2, seed));
      double best =
          IntStream.range(1, 1 << 7)
              .mapToDouble(mask -> inertia(few.vectors(), mask))
              .min()
              .orElseThrow();
      double found = new KMeans(2, false, 40, 100, seed).cluster(few).inertia();
      assertThat(found).isBetween(best * (1 - 1e-5), best * 1.1);
      reached += found <= best * (1 + 1e-5) ? 1 : 0;
    }
    assertThat(reached).isGreaterThanOrEqualTo(sets - 2);
  }

  @Property(tries = 10)
  void theInertiaNeverRises(
      @ForAll long seed,
      @ForAll boolean spherical,
      @ForAll @IntRange(min = 2, max = 30) int clusters) {
    Embeddings noise = rows(Examples.gaussian(100, 4, seed));
    double before = Double.POSITIVE_INFINITY;
    for (int iterations = 1; iterations < 15; iterations++) {
      double inertia =
          new KMeans(clusters, spherical, 1, iterations, seed).cluster(noise).inertia();
      assertThat(inertia).isLessThanOrEqualTo(before * (1 + 1e-6));
      before = inertia;
    }
  }

  @Test
  void aSeedIsAResult() {
    Embeddings noise = rows(Examples.gaussian(300, 8, 1));
    Clusters found = new KMeans(7, false, 2, 50, 3).cluster(noise);
    Clusters again = new KMeans(7, false, 2, 50, 3).cluster(noise);
    assertThat(again.assignment()).isEqualTo(found.assignment());
    assertThat(again.centres()).isDeepEqualTo(found.centres());
    assertThat(again.inertia()).isEqualTo(found.inertia());
    assertThat(new KMeans(7, false, 2, 50, 4).cluster(noise).assignment())
        .isNotEqualTo(found.assignment());
  }

  @Test
  void moreStartsAreNoWorse() {
    Embeddings noise = rows(Examples.gaussian(100, 3, 5));
    double one = new KMeans(10, false, 1, 100, 0).cluster(noise).inertia();
    double many = new KMeans(10, false, 20, 100, 0).cluster(noise).inertia();
    assertThat(many).isLessThan(one);
  }

  @Test
  void lengthDoesNotMatterToDirections() {
    float[][] vectors = Examples.gaussian(60, 4, 2);
    float[][] scaled = Arrays.stream(vectors).map(float[]::clone).toArray(float[][]::new);
    for (int i = 0; i < scaled.length; i++) {
      for (int j = 0; j < 4; j++) {
        scaled[i][j] *= (float) Math.pow(2, i % 9 - 4);
      }
    }
    KMeans kMeans = new KMeans(4, true, 3, 100, 0);
    assertThat(kMeans.cluster(rows(scaled)).assignment())
        .isEqualTo(kMeans.cluster(rows(vectors)).assignment());
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1e-3f, 1e30f})
  void neitherScaleNorOffsetHidesClouds(float scale) {
    Embeddings clouds = Examples.clouds(90, 3, 20, 4);
    for (float[] row : clouds.vectors()) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (row[j] + 5000) * scale;
      }
    }
    Clusters found = KMeans.of(3).cluster(clouds);
    assertThat(ClusterAgreement.of(found, clouds).accuracy()).isEqualTo(1);
    assertThat(found.centres()[0][0]).isCloseTo(5000 * scale, within(30 * scale));
  }

  @Test
  void aClusterWithoutARowTakesTheFarthest() {
    float[][] rows = {{0}, {1}, {2}, {9}};
    try (NearestCentres nearest = new NearestCentres(rows)) {
      Clusters found = new Lloyd(rows, nearest, false).run(new float[][] {{1}, {-50}, {-70}}, 1);
      assertThat(found.assignment()).containsExactly(2, 0, 0, 1);
      assertThat(found.inertia()).isEqualTo(1);
    }
  }

  @Test
  void everyRowMayBeItsOwnCluster() {
    Embeddings few = rows(Examples.gaussian(6, 2, 0));
    Clusters found = KMeans.of(6).cluster(few);
    assertThat(found.sizes()).containsOnly(1);
    assertThat(found.inertia()).isZero();
  }

  @Test
  void oppositeDirectionsHaveNoMeanAndStayFinite() {
    Embeddings rows = rows(new float[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}});
    Clusters found = new KMeans(2, true, 3, 50, 1).cluster(rows);
    assertThat(found.inertia()).isFinite().isLessThanOrEqualTo(8);
    for (float[] centre : found.centres()) {
      assertThat(Rows.cosine(centre, centre)).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void refusesMoreClustersThanRowsOrDifferentRows() {
    assertThatThrownBy(() -> KMeans.of(5).cluster(rows(Examples.gaussian(4, 2, 0))))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "clusters must be at most the number of rows, was 5 for 4; ask for fewer or add rows");
    float[][] repeated = {{1, 2}, {1, 2}, {3, 4}, {3, 4}};
    assertThatThrownBy(() -> KMeans.of(3).cluster(rows(repeated)))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "clusters must be at most the number of different rows, was 3 for 2; ask for fewer or"
                + " add rows");
    assertThat(KMeans.of(2).cluster(rows(repeated)).inertia()).isZero();
  }

  @Test
  void refusesZerosAmongDirectionsOnly() {
    Embeddings rows = rows(new float[][] {{1, 2}, {0, 0}, {2, 1}});
    assertThatThrownBy(() -> new KMeans(2, true, 1, 10, 0).cluster(rows))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "row1 is a vector of zeros, which has no direction; leave it out, or do not cluster by"
                + " directions");
    assertThat(KMeans.of(2).cluster(rows).sizes()).contains(1, 2);
  }

  @Test
  void refusesSettingsThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KMeans.of(1))
        .withMessage("clusters must be >= 2, was 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KMeans(2, false, 0, 1, 0))
        .withMessage("restarts must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KMeans(2, false, 1, 0, 0))
        .withMessage("max iterations must be >= 1, was 0");
  }

  private static Embeddings rows(float[][] vectors) {
    return Examples.of(List.of("any"), new int[vectors.length], vectors);
  }

  /** Of the rows in {@code mask} and of the others, each around its mean. */
  private static double inertia(float[][] rows, int mask) {
    return spread(rows, i -> (mask >> i & 1) == 1) + spread(rows, i -> (mask >> i & 1) == 0);
  }

  private static double spread(float[][] rows, IntPredicate of) {
    float[][] part =
        IntStream.range(0, rows.length).filter(of).mapToObj(i -> rows[i]).toArray(float[][]::new);
    double sum = 0;
    double[] mean = Rows.mean(part);
    for (float[] row : part) {
      for (int j = 0; j < mean.length; j++) {
        sum += (row[j] - mean[j]) * (row[j] - mean[j]);
      }
    }
    return sum;
  }
}
