package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embeddings;
import dev.kindred.losses.Alignment;
import dev.kindred.losses.Uniformity;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class QualityTest {
  @Test
  void whatFillsTheSphereIsGood() {
    Quality quality = Quality.of(rows(Examples.gaussian(2000, 32, 1)));
    assertThat(quality.uniformity()).isBetween(-4.0, -3.7);
    assertThat(quality.effectiveRank()).isBetween(31.0, 32.0);
    assertThat(quality.rankMe()).isCloseTo(quality.effectiveRank(), within(0.01));
    assertThat(quality.featureStd()).isCloseTo(1, within(0.01));
    assertThat(quality.meanCosine()).isCloseTo(0, within(0.01));
    assertThat(quality.antihubs()).isBetween(0.0, 0.2);
    assertThat(quality.duplicates().count()).isZero();
    assertThat(quality.nearDuplicates().count()).isZero();
    assertThat(quality.zeroVectors()).isEmpty();
  }

  @Test
  void oneHotRowsHaveExactValues() {
    int n = 8;
    float[][] oneHot = new float[n][n];
    IntStream.range(0, n).forEach(i -> oneHot[i][i] = i + 1);
    Quality quality = Quality.of(rows(oneHot));
    // Every squared distance is 2.
    assertThat(quality.uniformity()).isCloseTo(-4, within(1e-6));
    assertThat(quality.meanCosine()).isZero();
    // A feature is 1 in one row of eight: deviation sqrt(7) / 8, times sqrt(8).
    assertThat(quality.featureStd()).isCloseTo(Math.sqrt(7.0 / 8), within(1e-6));
    // The singular values are 1 to 8.
    double entropy =
        -IntStream.rangeClosed(1, n).mapToDouble(v -> v / 36.0 * Math.log(v / 36.0)).sum();
    assertThat(quality.effectiveRank()).isCloseTo(Math.exp(entropy), within(1e-9));
    assertThat(quality.rankMe()).isCloseTo(Math.exp(entropy), within(1e-4));
    // Seven others, so every row is a neighbour of all.
    assertThat(quality.hubness()).isZero();
    assertThat(quality.antihubs()).isZero();
  }

  @Test
  void whatHasCollapsedIsToldClearly() {
    float[][] same = new float[30][6];
    Arrays.fill(same, new float[] {0.1f, -3, 2, 0.7f, 1e-3f, 5});
    Quality quality = Quality.of(rows(same));
    assertThat(quality.uniformity()).isCloseTo(0, within(1e-5));
    assertThat(quality.effectiveRank()).isCloseTo(1, within(1e-3));
    assertThat(quality.rankMe()).isCloseTo(1, within(1e-3));
    assertThat(quality.featureStd()).isCloseTo(0, within(1e-9));
    assertThat(quality.meanCosine()).isCloseTo(1, within(1e-6));
    assertThat(quality.duplicates().count()).isEqualTo(29);
    assertThat(quality.duplicates().first())
        .hasSize(5)
        .startsWith(new Quality.Repeat("row1", "row0"));
    assertThat(quality.nearDuplicates().count()).as("those are equal").isZero();
    assertThat(quality.toMap().values()).allSatisfy(QualityTest::finite);
  }

  @Test
  void zerosAreNamedAndGiveFiniteValues() {
    Quality quality = Quality.of(rows(new float[12][3]));
    assertThat(quality.zeroVectors()).hasSize(12).startsWith("row0", "row1");
    assertThat(quality.uniformity()).isZero();
    assertThat(quality.effectiveRank()).isEqualTo(1);
    assertThat(quality.meanCosine()).isZero();
    assertThat(quality.toMap().values()).allSatisfy(QualityTest::finite);

    Quality one = Quality.of(rows(new float[][] {{0, 0}, {1, 0}, {0, 2}}));
    assertThat(one.zeroVectors()).containsExactly("row0");
    // Two pairs at squared distance 1, one at 2.
    assertThat(one.uniformity())
        .isCloseTo(Math.log((2 * Math.exp(-2) + Math.exp(-4)) / 3), within(1e-6));
    assertThat(one.lines())
        .contains("1 of 3 rows are zero and have no direction; the first is row0");
  }

  @Test
  void repeatedRowsAreNamed() {
    float[][] vectors = Examples.gaussian(20, 4, 3);
    vectors[7] = vectors[2].clone();
    vectors[9] = new float[4];
    vectors[15] = new float[4];
    IntStream.range(0, 4).forEach(j -> vectors[11][j] = 3.7f * vectors[5][j]);
    Quality quality = Quality.of(rows(vectors));
    assertThat(quality.duplicates().first())
        .containsExactly(new Quality.Repeat("row7", "row2"), new Quality.Repeat("row15", "row9"));
    assertThat(quality.nearDuplicates().first())
        .containsExactly(new Quality.Repeat("row11", "row5"));
    assertThat(quality.lines()).contains("  row7 = row2", "  row11 = row5");
    assertThat(quality.toMap()).containsEntry("duplicates", 2).containsEntry("near_duplicates", 1);
  }

  @Property(tries = 30)
  void ranksAndSpreadAreThoseOfPlainAlgebra(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 12) int rows,
      @ForAll @IntRange(min = 1, max = 12) int width) {
    float[][] vectors = Examples.gaussian(rows, width, seed);
    float[] values = evaluated(tf -> tf.linalg.svd(tf.constant(vectors)).s());
    double sum = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
    double entropy = 0;
    double withEpsilon = 0;
    for (float value : values) {
      double share = value / sum;
      entropy -= share == 0 ? 0 : share * Math.log(share);
      withEpsilon -= (share + 1e-7) * Math.log(share + 1e-7);
    }
    Quality found = Quality.of(rows(vectors));
    assertThat(found.effectiveRank()).isCloseTo(Math.exp(entropy), within(1e-4));
    assertThat(found.rankMe()).isCloseTo(Math.exp(withEpsilon), within(1e-4));
    float[] uniformity = evaluated(tf -> Uniformity.standard().of(tf, tf.constant(vectors)));
    assertThat(found.uniformity()).isCloseTo(uniformity[0], within(1e-4));
  }

  @Property(tries = 20)
  void neighboursAreThoseOfBruteForce(
      @ForAll long seed, @ForAll @IntRange(min = 3, max = 40) int size) {
    float[][] vectors = Examples.gaussian(size, 5, seed);
    int k = Math.min(10, size - 1);
    double[] occurrences = new double[size];
    double cosines = 0;
    for (int i = 0; i < size; i++) {
      int row = i;
      IntStream.range(0, size)
          .filter(j -> j != row)
          .boxed()
          .sorted((a, b) -> Float.compare(cosine(vectors, row, b), cosine(vectors, row, a)))
          .limit(k)
          .forEach(j -> occurrences[j]++);
      cosines +=
          IntStream.range(0, size)
              .filter(j -> j != row)
              .mapToDouble(j -> cosine(vectors, row, j))
              .sum();
    }
    Quality quality = Quality.of(rows(vectors));
    assertThat(quality.hubness()).isCloseTo(skewness(occurrences), within(1e-9));
    assertThat(quality.antihubs())
        .isEqualTo(Arrays.stream(occurrences).filter(n -> n == 0).count() / (double) size);
    assertThat(quality.meanCosine()).isCloseTo(cosines / (size * (size - 1.0)), within(1e-6));
  }

  @Test
  void aHubIsSeen() {
    // All rows point away from each other, and all have the last one near.
    float[][] star = new float[101][101];
    IntStream.range(0, 100).forEach(i -> star[i][i] = 1);
    Arrays.fill(star[100], 1);
    assertThat(Quality.of(rows(star)).hubness()).isGreaterThan(2);
    assertThat(Quality.of(rows(star)).antihubs()).isGreaterThan(0.8);
  }

  @Test
  void largeSetsAreMeasuredOnASampleThatASeedDraws() {
    Embeddings all = rows(Examples.gaussian(400, 6, 1));
    Quality sampled = Quality.of(all, 100, 7);
    assertThat(sampled.sampled()).isEqualTo(100);
    assertThat(sampled.count()).isEqualTo(400);
    assertThat(Quality.of(all, 100, 7)).isEqualTo(sampled);
    assertThat(Quality.of(all, 100, 8).uniformity()).isNotEqualTo(sampled.uniformity());
    assertThat(sampled.effectiveRank()).isEqualTo(Quality.of(all).effectiveRank());
    assertThat(sampled.lines())
        .contains(
            "uniformity, neighbours and near duplicates are of 100 of 400 rows, drawn at random");
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatThrownBy(() -> Quality.of(rows(new float[1][2])))
        .isInstanceOf(KindredException.class)
        .hasMessage("embeddings: must have at least two rows to compare, had only row0; add rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quality.of(rows(new float[3][2]), 1, 0))
        .withMessage("sample must be >= 2, was 1");
  }

  @Test
  void twoEqualViewsAgreeInEverything() {
    Embeddings views = rows(Examples.gaussian(50, 8, 2));
    ViewAgreement same = ViewAgreement.of(views, views);
    assertThat(same).isEqualTo(new ViewAgreement(0, 1, 1, 50, 50));
    int[] order = IntStream.range(0, 50).map(i -> 49 - i).toArray();
    assertThat(ViewAgreement.of(views, views.select(order))).isEqualTo(same);
  }

  @Test
  void viewsThatHaveNothingInCommonDoNot() {
    ViewAgreement none =
        ViewAgreement.of(rows(Examples.gaussian(300, 16, 1)), rows(Examples.gaussian(300, 16, 2)));
    assertThat(none.alignment()).isCloseTo(2, within(0.1));
    assertThat(none.ownNearest()).isLessThan(0.05);
    assertThat(none.overlap()).isCloseTo(10.0 / 299, within(0.02));
  }

  @Test
  void collapsedViewsAlignButAreNotFound() {
    float[][] same = new float[20][2];
    Arrays.fill(same, new float[] {3, 0});
    ViewAgreement collapsed = ViewAgreement.of(rows(same), rows(same));
    assertThat(collapsed.alignment()).isZero();
    assertThat(collapsed.ownNearest()).isEqualTo(1.0 / 20);
  }

  @Property(tries = 20)
  void alignmentIsTheLossOfThatName(@ForAll long seed) {
    float[][] first = Examples.gaussian(9, 4, seed);
    float[][] second = Examples.gaussian(9, 4, seed + 1);
    float[] loss =
        evaluated(tf -> Alignment.standard().of(tf, tf.constant(first), tf.constant(second)));
    assertThat(ViewAgreement.of(rows(first), rows(second)).alignment())
        .isCloseTo(loss[0], within(1e-5));
  }

  @Test
  void overlapCountsSharedNeighboursOfASample() {
    // Two of three others each, where k is all others: everything is shared.
    ViewAgreement few =
        ViewAgreement.of(rows(Examples.gaussian(4, 3, 1)), rows(Examples.gaussian(4, 3, 9)));
    assertThat(few.overlap()).isEqualTo(1);
    Embeddings views = rows(Examples.gaussian(60, 3, 1));
    assertThat(ViewAgreement.of(views, views, 20, 5).sampled()).isEqualTo(20);
    assertThat(few.lines()).hasSize(3);
    assertThat(few.toMap())
        .containsOnlyKeys(
            "alignment", "own_nearest", "neighbour_overlap", "view_count", "view_sampled");
  }

  @Test
  void refusesViewsOfOtherExamples() {
    Embeddings three = rows(Examples.gaussian(3, 2, 1));
    assertThatThrownBy(() -> ViewAgreement.of(three, rows(Examples.gaussian(2, 2, 1))))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "second views: must have a row for every example, but have none for row2; embed the"
                + " same examples twice");
    assertThatThrownBy(() -> ViewAgreement.of(three, rows(Examples.gaussian(4, 2, 1))))
        .hasMessageStartingWith(
            "first views: must have a row for every example, but have none for row3");
    assertThatThrownBy(() -> ViewAgreement.of(three, rows(Examples.gaussian(3, 5, 1))))
        .hasMessage(
            "first views and second views must be equally wide, were 2 and 5; embed both with one"
                + " model");
  }

  /** A scalar or a vector that a graph gives. */
  private static float[] evaluated(Function<Ops, Operand<TFloat32>> wanted) {
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        Result result = session.runner().fetch(wanted.apply(Ops.create(graph))).run()) {
      float[] values = new float[(int) result.get(0).shape().size()];
      result.get(0).asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private static void finite(Object value) {
    assertThat(((Number) value).doubleValue()).isFinite();
  }

  private static Embeddings rows(float[][] vectors) {
    return Examples.of(List.of("any"), new int[vectors.length], vectors);
  }

  private static float cosine(float[][] rows, int i, int j) {
    return Rows.cosine(rows[i], rows[j]);
  }

  private static double skewness(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> Math.pow(v - mean, 2)).average().orElseThrow();
    double third = Arrays.stream(values).map(v -> Math.pow(v - mean, 3)).average().orElseThrow();
    return variance == 0 ? 0 : third / Math.pow(variance, 1.5);
  }
}
