package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsneTest {
  private static final int BLOBS = 5;

  @Test
  void gradientIsThatOfTheDivergence() {
    TsneObjective exact = new TsneObjective(Affinities.of(blobs(20, 6), 5), 0);
    double[] map = map(20, 1);
    double[] gradient = exact.gradient(map, 1);
    double step = 1e-5;
    for (int i = 0; i < map.length; i++) {
      double[] right = map.clone();
      double[] left = map.clone();
      right[i] += step;
      left[i] -= step;
      double difference = (exact.divergence(right) - exact.divergence(left)) / (2 * step);
      assertThat(gradient[i]).isCloseTo(difference, within(1e-8));
    }
  }

  @Test
  void exaggerationIsOfTheAttractionOnly() {
    TsneObjective exact = new TsneObjective(Affinities.of(blobs(20, 6), 5), 0);
    double[] map = map(20, 1);
    double[] one = exact.gradient(map, 1);
    double[] two = exact.gradient(map, 2);
    double[] three = exact.gradient(map, 3);
    for (int i = 0; i < map.length; i++) {
      assertThat(three[i] - two[i]).isCloseTo(two[i] - one[i], within(1e-12));
    }
    assertThat(two).isNotEqualTo(one);
  }

  @Test
  void treeIsCloseToTheSumOverAllPairs() {
    Affinities affinities = Affinities.of(blobs(300, 8), 20);
    double[] map = map(300, 10);
    double[] exact = new TsneObjective(affinities, 0).gradient(map, 1);
    double[] tree = new TsneObjective(affinities, 0.5).gradient(map, 1);
    assertThat(distance(exact, tree) / distance(exact, new double[exact.length]))
        .isPositive()
        .isLessThan(0.02);
  }

  @Test
  void treeOfPointsInOnePlaceIsExact() {
    double[] map = {1, 2, 1, 2, 1, 2, 4, 6};
    double q = 1.0 / 26;
    assertThat(new QuadTree(map).repulsion(4, 6, 0))
        .containsExactly(new double[] {9 * q * q, 12 * q * q, 1 + 3 * q}, within(1e-15));
    assertThat(new QuadTree(map).repulsion(1, 2, 0)[2]).isCloseTo(3 + q, within(1e-15));
  }

  @Test
  void affinitiesReachThePerplexity() {
    Random random = new Random(4);
    for (double perplexity : new double[] {1.5, 5, 30}) {
      double[] squared = random.doubles(90, 1e-9, 1e9).map(Math::sqrt).toArray();
      double[] shares = Affinities.conditional(squared, perplexity);
      assertThat(Math.exp(Affinities.entropy(shares))).isCloseTo(perplexity, within(1e-4));
      assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void affinitiesOfEquallyNearRowsAreEqual() {
    assertThat(Affinities.conditional(new double[] {3, 3, 3, 3}, 2))
        .containsExactly(0.25, 0.25, 0.25, 0.25);
    assertThat(Affinities.conditional(new double[] {0, 0, 0, 7}, 2))
        .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0, 0}, within(1e-6));
  }

  @Test
  void affinitiesAreAProbabilityOfPairsFromBothSides() {
    Affinities affinities = Affinities.of(blobs(100, 8), 10);
    assertThat(Arrays.stream(affinities.values()).sum()).isCloseTo(1, within(1e-12));
    double[][] dense = new double[100][100];
    for (int i = 0; i < 100; i++) {
      for (int pair = affinities.offsets()[i]; pair < affinities.offsets()[i + 1]; pair++) {
        dense[i][affinities.others()[pair]] = affinities.values()[pair];
      }
      assertThat(dense[i][i]).isZero();
    }
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(dense[i][j]).isEqualTo(dense[j][i]);
      }
    }
  }

  @Test
  void keepsBlobsApart() {
    List<float[]> points = tsne(blobs(300, 16)).points();
    long agreeing =
        IntStream.range(0, 300).filter(i -> nearest(points, i) % BLOBS == i % BLOBS).count();
    assertThat(agreeing / 300.0).isGreaterThan(0.95);
  }

  @Test
  void givesTheSamePointsTwice() {
    float[][] vectors = blobs(150, 8);
    Tsne once = tsne(vectors);
    Tsne again = tsne(vectors);
    assertThat(again.points().toArray(float[][]::new))
        .isDeepEqualTo(once.points().toArray(float[][]::new));
    assertThat(again.divergence()).isEqualTo(once.divergence());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void takesFewRows(int count) {
    assertFinite(tsne(blobs(count, 4)), count);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 60})
  void takesEqualRows(int count) {
    assertFinite(tsne(new float[count][4]), count);
    float[][] twice = blobs(count, 4);
    assertFinite(
        tsne(IntStream.range(0, 2 * count).mapToObj(i -> twice[i / 2]).toArray(float[][]::new)),
        2 * count);
  }

  @Test
  void cutsThePerplexityToWhatTheRowsAllow() {
    assertThat(Tsne.perplexity(2000)).isEqualTo(30);
    assertThat(Tsne.perplexity(61)).isEqualTo(20);
    assertThat(Tsne.perplexity(2)).isEqualTo(1);
  }

  private static Tsne tsne(float[][] vectors) {
    return Tsne.of(vectors, Collections.nCopies(vectors.length, new float[2]), 0);
  }

  private static void assertFinite(Tsne tsne, int count) {
    assertThat(tsne.points()).hasSize(count);
    assertThat(tsne.divergence()).isFinite().isNotNegative();
    tsne.points()
        .forEach(
            point -> assertThat(Float.isFinite(point[0]) && Float.isFinite(point[1])).isTrue());
  }

  /** Row i is of blob {@code i % BLOBS}. */
  private static float[][] blobs(int rows, int width) {
    Random random = new Random(7);
    float[][] vectors = new float[rows][width];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        vectors[i][j] = (float) (random.nextGaussian() + (j % BLOBS == i % BLOBS ? 8 : 0));
      }
    }
    return vectors;
  }

  private static double[] map(int points, double spread) {
    return new Random(2).doubles(2L * points).map(x -> spread * x).toArray();
  }

  private static int nearest(List<float[]> points, int to) {
    float[] from = points.get(to);
    return IntStream.range(0, points.size())
        .filter(i -> i != to)
        .boxed()
        .min(
            (a, b) ->
                Double.compare(
                    Math.hypot(points.get(a)[0] - from[0], points.get(a)[1] - from[1]),
                    Math.hypot(points.get(b)[0] - from[0], points.get(b)[1] - from[1])))
        .orElseThrow();
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).sum());
  }
}
