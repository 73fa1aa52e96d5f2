package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterAgreementTest {
  /** What scikit-learn's documentation prints for its examples. */
  @ParameterizedTest
  @CsvSource({
    "0 0 1 1, 0 0 1 1, 1, 1, 1",
    "0 0 1 1, 1 1 0 0, 1, 1, 1",
    "0 0 0 0, 0 1 2 3, 0, 0, 0",
    "0 0 1 1, 0 1 0 1, 0, -0.5, -0.5",
  })
  void equalsScikitLearnsExamples(
      String clusters, String classes, double nmi, double ami, double ari) {
    ClusterAgreement agreement = ClusterAgreement.of(parts(clusters), parts(classes));
    assertThat(agreement.nmi()).isCloseTo(nmi, within(1e-12));
    assertThat(agreement.ami()).isCloseTo(ami, within(1e-12));
    assertThat(agreement.ari()).isCloseTo(ari, within(1e-12));
  }

  @Test
  void equalsTheUserGuideOfScikitLearn() {
    int[] truth = {0, 0, 0, 1, 1, 1};
    int[] found = {0, 0, 1, 1, 2, 2};
    ClusterAgreement agreement = ClusterAgreement.of(found, truth);
    // Pairs together: 2 of both, 3 and 6 of each; expected 3 * 6 / 15: (2 - 6/5) / (9/2 - 6/5).
    assertThat(agreement.ari()).isCloseTo(8.0 / 33, within(1e-15));
    // MI: 2/3 log 2; entropies log 3 and log 2.
    assertThat(agreement.nmi())
        .isCloseTo(4.0 / 3 * Math.log(2) / (Math.log(3) + Math.log(2)), within(1e-15));
    // A cluster of two lies in one class by chance in two of five arrangements.
    assertThat(agreement.ami())
        .isCloseTo(4.0 / 15 * Math.log(2) / (Math.log(3) / 2 + Math.log(2) / 10), within(1e-14));
    assertThat(agreement.purity()).isEqualTo(5.0 / 6);
    assertThat(agreement.accuracy()).isEqualTo(4.0 / 6);
  }

  /** Of seventeen rows in three clusters and classes, to the five decimals of its tests. */
  @Test
  void equalsTheTestsOfScikitLearn() {
    int[] classes = parts("1 1 1 1 1 1 2 2 2 2 2 2 3 3 3 3 3");
    int[] clusters = parts("1 1 1 1 2 1 2 2 2 2 3 1 3 3 3 2 2");
    assertThat(ClusterAgreement.of(clusters, classes).ami()).isCloseTo(0.27821, within(5e-6));
    assertThat(new MutualInformation(Contingency.of(clusters, classes)).expected())
        .isCloseTo(0.15042, within(5e-6));
  }

  @Test
  void adjustsByTheMeanOverAllArrangements() {
    // One in two of three; of 3 places the single row is in a part of two (MI m) or alone (MI h).
    int[] clusters = {0, 0, 1};
    int[] classes = {0, 1, 1};
    double h = 2.0 / 3 * Math.log(3.0 / 2) + 1.0 / 3 * Math.log(3);
    double m = 1.0 / 3 * Math.log(3.0 / 2) + 1.0 / 3 * Math.log(3.0 / 4) + 1.0 / 3 * Math.log(1.5);
    double expected = (h + 2 * m) / 3;
    assertThat(ClusterAgreement.of(clusters, classes).ami())
        .isCloseTo((m - expected) / (h - expected), within(1e-14))
        .isCloseTo(-0.5, within(1e-14));
  }

  @Test
  void thePairsOfASmallTableGiveItsRandIndex() {
    // Together in both: 0; in the first 1 + 1, in the second 1: (0 - 1/3) / (3/2 - 1/3) = -2/7,
    // and 4/7 where the one pair is shared.
    assertThat(ari("0 0 1 1", "0 1 0 2")).isCloseTo(-2.0 / 7, within(1e-15));
    assertThat(ari("0 0 1 2", "0 0 1 1")).isCloseTo(4.0 / 7, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0 0 0, 7 7 7", "0 1 2 3, 9 8 7 6", "5 5 -1, 0 0 2"})
  void thePartitionItselfIsPerfect(String clusters, String classes) {
    ClusterAgreement agreement = ClusterAgreement.of(parts(clusters), parts(classes));
    assertThat(measures(agreement)).containsOnly(1.0);
  }

  @Test
  void aRowAClusterIsPureAndWorthNothingByChance() {
    ClusterAgreement agreement = ClusterAgreement.of(parts("0 1 2 3 4 5"), parts("0 0 0 1 1 1"));
    assertThat(agreement.purity()).isEqualTo(1);
    assertThat(agreement.accuracy()).isEqualTo(2.0 / 6);
    assertThat(agreement.ami()).isCloseTo(0, within(1e-12));
    assertThat(agreement.ari()).isZero();
    assertThat(agreement.nmi()).as("what AMI mends").isGreaterThan(0.5);
  }

  @Test
  void largePartitionsStayPrecise() {
    int n = 60_000;
    Random random = new Random(1);
    int[] clusters = random.ints(n, 0, 30).toArray();
    int[] classes = random.ints(n, 0, 10).toArray();
    ClusterAgreement independent = ClusterAgreement.of(clusters, classes);
    assertThat(independent.ami()).isCloseTo(0, within(1e-3));
    assertThat(independent.ari()).isCloseTo(0, within(1e-3));
    assertThat(independent.accuracy()).isBetween(0.03, 0.05);
    assertThat(measures(ClusterAgreement.of(classes, classes))).containsOnly(1.0);
  }

  @Property(tries = 1000)
  void ariCountsPairs(@ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int size) {
    int[] a = random(seed, size);
    int[] b = random(seed + 1, size);
    long both = 0;
    long neither = 0;
    long first = 0;
    long second = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        boolean inA = a[i] == a[j];
        boolean inB = b[i] == b[j];
        both += inA && inB ? 1 : 0;
        neither += inA || inB ? 0 : 1;
        first += inA && !inB ? 1 : 0;
        second += inB && !inA ? 1 : 0;
      }
    }
    double expected =
        first + second == 0
            ? 1
            : 2.0
                * (both * neither - first * second)
                / ((both + first) * (first + neither) + (both + second) * (second + neither));
    assertThat(ClusterAgreement.of(a, b).ari()).isCloseTo(expected, within(1e-12));
  }

  @Property(tries = 1000)
  void chanceIsTheMeanOverAllPermutations(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 7) int size) {
    int[] a = random(seed, size);
    int[] b = random(seed + 1, size);
    // Every 7th case has the 5,040 permutations of seven rows; most have less.
    int[] shorter = size == 7 && seed % 7 != 0 ? Arrays.copyOf(b, 5) : b;
    int[] first = Arrays.copyOf(a, shorter.length);
    double expected = meanOverPermutations(shorter, moved -> information(first, moved));
    assertThat(new MutualInformation(Contingency.of(first, shorter)).expected())
        .isCloseTo(expected, within(1e-12));
  }

  @Property(tries = 1000)
  void nmiIsByTheDefinition(@ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int size) {
    int[] a = random(seed, size);
    int[] b = random(seed + 1, size);
    double entropies = information(a, a) + information(b, b);
    double expected = entropies == 0 ? 1 : 2 * information(a, b) / entropies;
    assertThat(ClusterAgreement.of(a, b).nmi()).isCloseTo(expected, within(1e-12));
  }

  @Property(tries = 1000)
  void theMatchingIsTheBestOfAll(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int columns) {
    Random random = new Random(seed);
    int[][] gains = new int[rows][columns];
    for (int[] row : gains) {
      Arrays.setAll(row, j -> random.nextInt(random.nextBoolean() ? 3 : 1000));
    }
    int size = Math.max(rows, columns);
    List<int[]> orders = new ArrayList<>();
    permute(IntStream.range(0, size).toArray(), 0, orders);
    long best =
        orders.stream()
            .mapToLong(
                order ->
                    IntStream.range(0, rows)
                        .filter(i -> order[i] < columns)
                        .mapToLong(i -> gains[i][order[i]])
                        .sum())
            .max()
            .orElseThrow();
    assertThat(BestMatching.total(gains)).isEqualTo(best);
  }

  @Property(tries = 200)
  void namesAndOrderAndSidesDoNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int size) {
    int[] a = random(seed, size);
    int[] b = random(seed + 1, size);
    ClusterAgreement agreement = ClusterAgreement.of(a, b);
    int[] renamed = Arrays.stream(a).map(part -> 100 - 7 * part).toArray();
    assertClose(ClusterAgreement.of(renamed, b), agreement);
    int[] order = IntStream.range(0, size).toArray();
    Rows.shuffle(order, new Random(seed));
    int[] movedA = Arrays.stream(order).map(i -> a[i]).toArray();
    int[] movedB = Arrays.stream(order).map(i -> b[i]).toArray();
    assertClose(ClusterAgreement.of(movedA, movedB), agreement);
    ClusterAgreement turned = ClusterAgreement.of(b, a);
    assertThat(turned.nmi()).isCloseTo(agreement.nmi(), within(1e-12));
    assertThat(turned.ami()).isCloseTo(agreement.ami(), within(1e-9));
    assertThat(turned.ari()).isCloseTo(agreement.ari(), within(1e-12));
    assertThat(turned.accuracy()).isEqualTo(agreement.accuracy());
  }

  @Test
  void labelsOfEmbeddingsAreCompared() {
    Embeddings rows = Examples.of(List.of("x", "y"), new int[] {0, 0, 1}, new float[3][1]);
    Clusters clusters = new Clusters(new int[] {1, 1, 0}, new float[2][1], 0, 1, true);
    ClusterAgreement agreement = ClusterAgreement.of(clusters, rows);
    assertThat(agreement.toMap())
        .contains(entry("nmi", 1.0), entry("count", 3), entry("clusters", 2), entry("classes", 2));
    assertThat(agreement.lines())
        .containsExactly(
            "nmi       ami       ari       purity    accuracy  rows     clusters classes",
            "1.0000    1.0000    1.0000    1.0000    1.0000    3        2        2");
  }

  @Test
  void refusesRowsWithoutALabelAndPartitionsOfDifferentSets() {
    Embeddings rows = Examples.of(List.of("x"), new int[] {0, Dataset.NO_LABEL}, new float[2][1]);
    Clusters clusters = new Clusters(new int[] {1, 0}, new float[2][1], 0, 1, true);
    assertThatThrownBy(() -> ClusterAgreement.of(clusters, rows))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "rows: every row must have a label, but row1 (row 1) has none;"
                + " label it or leave it out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterAgreement.of(new int[2], new int[3]))
        .withMessage("clusters and classes must be equally many, one at least, were 2 and 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterAgreement.of(new int[0], new int[0]));
  }

  private static double ari(String clusters, String classes) {
    return ClusterAgreement.of(parts(clusters), parts(classes)).ari();
  }

  private static int[] parts(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static double[] measures(ClusterAgreement of) {
    return new double[] {of.nmi(), of.ami(), of.ari(), of.purity(), of.accuracy()};
  }

  private static void assertClose(ClusterAgreement found, ClusterAgreement expected) {
    // Where chance is nearly perfect, AMI is a quotient of small differences.
    assertThat(measures(found)).containsExactly(measures(expected), within(1e-9));
  }

  private static int[] random(long seed, int size) {
    Random random = new Random(31 * seed + size);
    int parts = 1 + random.nextInt(size);
    return random.ints(size, 0, parts).toArray();
  }

  /** Mutual information as the sum over rows instead of over the cells of a table. */
  private static double information(int[] a, int[] b) {
    double n = a.length;
    return IntStream.range(0, a.length)
        .mapToDouble(
            i -> {
              long both =
                  IntStream.range(0, a.length).filter(j -> a[j] == a[i] && b[j] == b[i]).count();
              return Math.log(both * n / (count(a, a[i]) * (double) count(b, b[i]))) / n;
            })
        .sum();
  }

  private static long count(int[] parts, int part) {
    return Arrays.stream(parts).filter(one -> one == part).count();
  }

  private static double meanOverPermutations(int[] parts, ToDoubleFunction<int[]> measure) {
    List<int[]> all = new ArrayList<>();
    permute(parts.clone(), 0, all);
    return all.stream().mapToDouble(measure).average().orElseThrow();
  }

  private static void permute(int[] order, int from, List<int[]> all) {
    if (from == order.length) {
      all.add(order.clone());
      return;
    }
    for (int i = from; i < order.length; i++) {
      swap(order, from, i);
      permute(order, from + 1, all);
      swap(order, from, i);
    }
  }

  private static void swap(int[] order, int i, int j) {
    int moved = order[i];
    order[i] = order[j];
    order[j] = moved;
  }
}
