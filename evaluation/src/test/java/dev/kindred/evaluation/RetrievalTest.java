package dev.kindred.evaluation;

import static dev.kindred.evaluation.RetrievalMetric.ANSWERS;
import static dev.kindred.evaluation.RetrievalMetric.MAP;
import static dev.kindred.evaluation.RetrievalMetric.MAP_AT_R;
import static dev.kindred.evaluation.RetrievalMetric.MRR;
import static dev.kindred.evaluation.RetrievalMetric.R_PRECISION;
import static dev.kindred.evaluation.RetrievalMetric.ndcg;
import static dev.kindred.evaluation.RetrievalMetric.precision;
import static dev.kindred.evaluation.RetrievalMetric.recall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetrievalTest {
  /** Twelve rows on a quarter of a circle; from its start, row {@code i} has rank {@code i + 1}. */
  private static final Embeddings CIRCLE = arc(IntStream.range(0, 12).toArray());

  private static final float[] START = at(0);

  private static final double LOG2_3 = Math.log(3) / Math.log(2);
  private static final double LOG2_5 = Math.log(5) / Math.log(2);
  private static final double LOG2_7 = Math.log(7) / Math.log(2);

  @Test
  void oneRightRowIsFoundAtItsRank() {
    // Ranks 1, 3, 6 and 12.
    Retrieval found =
        Retrieval.of(
            rows(START, START, START, START),
            CIRCLE,
            List.of(new int[] {0}, new int[] {2}, new int[] {5}, new int[] {11}));
    assertThat(found.perQuery(recall(5))).containsExactly(1, 1, 0, 0);
    assertThat(found.mean(recall(1))).isEqualTo(1 / 4.0);
    assertThat(found.mean(recall(5))).isEqualTo(2 / 4.0);
    assertThat(found.mean(recall(10))).isEqualTo(3 / 4.0);
    assertThat(found.perQuery(MRR)).containsExactly(1, 1 / 3.0, 1 / 6.0, 1 / 12.0);
    assertThat(found.mean(MRR)).isEqualTo(19 / 48.0, within(1e-15));
    assertThat(found.mean(ndcg(10))).isEqualTo((1 + 1 / 2.0 + 1 / LOG2_7) / 4, within(1e-15));
    assertThat(found.count()).isEqualTo(4);
    assertThat(found.corpusCount()).isEqualTo(12);
  }

  @Test
  void severalRightRowsGiveTheFractionsOfTheDefinitions() {
    // Ranks 1, 3, 6 and 12, in no order and one of them twice.
    Retrieval found = all(new int[] {5, 0, 11, 2, 5});
    assertMean(found, recall(1), 1);
    assertMean(found, precision(1), 1);
    assertMean(found, precision(5), 2 / 5.0);
    assertMean(found, precision(10), 3 / 10.0);
    assertMean(found, R_PRECISION, 2 / 4.0);
    assertMean(found, MAP, (1 + 2 / 3.0 + 3 / 6.0 + 4 / 12.0) / 4); // 5/8
    assertMean(found, MAP_AT_R, (1 + 2 / 3.0) / 4); // 5/12
    assertMean(found, MRR, 1);
    assertMean(
        found, ndcg(10), (1 + 1 / 2.0 + 1 / LOG2_7) / (1 + 1 / LOG2_3 + 1 / 2.0 + 1 / LOG2_5));
    // Ranks 3 and 7: none within R.
    Retrieval later = all(new int[] {2, 6});
    assertMean(later, recall(1), 0);
    assertMean(later, recall(5), 1);
    assertMean(later, R_PRECISION, 0);
    assertMean(later, MAP, (1 / 3.0 + 2 / 7.0) / 2); // 13/42
    assertMean(later, MAP_AT_R, 0);
    assertMean(later, MRR, 1 / 3.0);
    assertMean(later, ndcg(10), (1 / 2.0 + 1 / 3.0) / (1 + 1 / LOG2_3));
  }

  @Test
  void gainsWeighInNdcgAndOtherMetricsTakeAllAboveZeroAsRight() {
    Map<Integer, Double> gains = Map.of(0, 1.0, 2, 3.0, 5, 2.0, 7, 0.0);
    Retrieval found = Retrieval.of(rows(START), CIRCLE, Relevance.graded(List.of(gains)));
    assertMean(found, ndcg(10), (1 + 3 / 2.0 + 2 / LOG2_7) / (3 + 2 / LOG2_3 + 1 / 2.0));
    assertMean(found, R_PRECISION, 2 / 3.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Relevance.graded(List.of(Map.of(4, -1.0))))
        .withMessage("gains must be finite and >= 0, but that of row 4 was -1.0");
  }

  @Test
  void allIsOneWhereEveryRowIsRight() {
    Retrieval found = all(IntStream.range(0, 12).toArray());
    found.values().values().forEach(each -> assertThat(each).containsExactly(1));
  }

  @Test
  void rowsOfTheSameClassAreRightByItsName() {
    // The same names in another order, so with other labels.
    Embeddings bank = named(List.of("ant", "bee"), new int[] {0, 1, 1, 0}, arc(0, 1, 2, 3));
    Embeddings query = named(List.of("bee", "ant"), new int[] {0, 1}, arc(0, 0));
    Retrieval found =
        Retrieval.of(query, bank, Relevance.sameClass(), List.of(MRR, MAP, R_PRECISION));
    assertThat(found.perQuery(MRR)).containsExactly(1 / 2.0, 1);
    assertThat(found.perQuery(MAP)).containsExactly((1 / 2.0 + 2 / 3.0) / 2, (1 + 2 / 4.0) / 2);
    assertThat(found.perQuery(R_PRECISION)).containsExactly(1 / 2.0, 1 / 2.0);
  }

  @Test
  void aSetIsSearchedByItselfWithoutTheQuery() {
    Embeddings set = named(List.of("a", "b"), new int[] {0, 1, 0, 1}, arc(0, 1, 3, 7));
    List<RetrievalMetric> metrics = List.of(MRR, recall(1), MAP_AT_R);
    Retrieval found = Retrieval.of(set, set, Relevance.sameClass().withoutItself(), metrics);
    assertThat(found.perQuery(MRR)).containsExactly(1 / 2.0, 1 / 3.0, 1 / 2.0, 1 / 2.0);
    assertMean(found, MRR, 11 / 24.0);
    assertMean(found, recall(1), 0);
    assertMean(Retrieval.of(set, set, Relevance.sameClass(), metrics), recall(1), 1);
    // Of equal vectors too it is the query that is left out, not whatever is nearest.
    Embeddings equal = named(List.of("a", "b"), new int[] {0, 1, 0, 1}, arc(5, 5, 5, 5));
    assertThat(
            Retrieval.of(equal, equal, Relevance.sameClass().withoutItself(), metrics)
                .perQuery(MRR))
        .containsExactly(1 / 2.0, 1 / 3.0, 1, 1 / 2.0);
  }

  @Test
  void queriesWithoutARightRowAreRefusedOrCountedAndNamed() {
    Embeddings set = named(List.of("a", "b"), new int[] {0, 1, 0}, arc(0, 1, 3));
    Relevance within = Relevance.sameClass().withoutItself();
    assertThatThrownBy(() -> Retrieval.of(set, set, within, List.of(MRR)))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "1 of 3 queries have no right row in the bank, the first is row1; add one, or allow queries without (they are then left out and counted)");
    Retrieval found = Retrieval.of(set, set, within.allowingNone(), List.of(MRR, recall(1)));
    assertThat(found.withoutRight()).containsExactly("row1");
    assertThat(found.queries()).containsExactly("row0", "row2");
    assertThat(found.perQuery(MRR)).containsExactly(1 / 2.0, 1 / 2.0);
    assertThat(found.toMap())
        .containsEntry("count", 2)
        .containsEntry("without_right", List.of("row1"));
    assertThat(found.lines())
        .endsWith("1 queries have no right row, and are left out; the first is row1");
    Embeddings other = named(List.of("c"), new int[1], arc(1));
    assertThatThrownBy(
            () -> Retrieval.of(other, set, Relevance.sameClass().allowingNone(), List.of(MRR)))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("none of the 1 queries has a right row in the bank");
  }

  @Test
  void vectorsOfZerosAreNamed() {
    Embeddings bank = rows(START, new float[2], at(3));
    Retrieval found =
        Retrieval.of(Embeddings.of(List.of("lost"), new float[1][2]), bank, List.of(new int[] {2}));
    // All cosines are 0.
    assertMean(found, MRR, 1 / 3.0);
    assertThat(found.zeroVectors()).containsExactly("lost", "row1");
    assertThat(found.toMap()).containsEntry("zero_vectors", List.of("lost", "row1"));
    assertThat(found.lines())
        .endsWith("2 vectors are zero, and their cosine counts as 0; the first is lost");
  }

  @Test
  void ofEquallyNearRowsTheEarlierComesFirst() {
    Embeddings equal = rows(START, new float[] {3, 0}, new float[2], START);
    List<int[]> right = List.of(new int[] {1}, new int[] {3});
    assertMean(Retrieval.of(rows(START, START), equal, right), MRR, (1 / 2.0 + 1 / 3.0) / 2);
    // An encoder that has collapsed finds no more than chance.
    Embeddings collapsed = rows(START, START, START, START);
    List<int[]> each = IntStream.range(0, 4).mapToObj(i -> new int[] {i}).toList();
    assertMean(Retrieval.of(collapsed, collapsed, each), recall(1), 1 / 4.0);
    // Cosine 0 and cosine -0 are the same.
    Embeddings zeros = rows(new float[] {-0f, 1}, new float[] {0f, -1}, new float[] {-0f, -1});
    assertMean(Retrieval.of(rows(START), zeros, List.of(new int[] {2, 1, 0})), MRR, 1);
  }

  @Property(tries = 1000)
  void ranksAndMetricsAreThoseOfASortInDoublePrecision(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
    Random random = new Random(seed);
    float[] cosines = new float[size];
    for (int row = 0; row < size; row++) {
      // Every second a multiple of a quarter, so that equal ones are common, 0 and -0 among them.
      float any = random.nextFloat() * 2 - 1;
      cosines[row] = random.nextBoolean() ? any : Math.round(any * 4) / 4f * (any < 0 ? 1 : -1);
    }
    Map<Integer, Double> gains = gains(random, size);
    int leftOut = random.nextInt(size + 1) - 1;
    Ranking ranking = new Ranking(size);
    RightRows right = Judged.graded(gains, random.nextBoolean());
    for (int again = 0; again < 2 && right.countWithout(leftOut) > 0; again++) {
      FoundRanks found = ranking.of(cosines, right, leftOut);
      double[] expected = bruteForce(cosines, right.gains() == null ? ones(gains) : gains, leftOut);
      assertThat(ALL.stream().mapToDouble(metric -> metric.of(found)).toArray())
          .containsExactly(expected, within(1e-12));
    }
  }

  @Test
  void aThousandQueriesInBatchesEqualSortingByCosine() {
    Random random = new Random(7);
    float[][] bank = halves(random, 150);
    float[][] queries = halves(random, 1000);
    List<Map<Integer, Double>> gains =
        IntStream.range(0, queries.length).mapToObj(i -> gains(random, bank.length)).toList();
    Embeddings asked = rows(queries);
    Embeddings known = rows(bank);
    Judgements judgements = Relevance.graded(gains).withoutItself().of(asked, known);
    Retrieval found;
    try (ExactSearch search = new ExactSearch(known)) {
      found = Retrieval.of(asked, known, judgements, ALL, search, 77);
    }
    for (int query = 0; query < queries.length; query++) {
      float[] wanted = queries[query];
      float[] cosines = new float[bank.length];
      for (int row = 0; row < bank.length; row++) {
        cosines[row] = (float) dot(bank[row], wanted);
      }
      double[] expected = bruteForce(cosines, gains.get(query), query < bank.length ? query : -1);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found.perQuery(ALL.get(i))[query])
            .as("%s of query %d", ALL.get(i), query)
            .isEqualTo(expected[i], within(1e-12));
      }
    }
  }

  @Test
  void namesItsMetricsForJsonAndPrintsPercentages() {
    Map<RetrievalMetric, double[]> values = new java.util.LinkedHashMap<>();
    double[] numbers = {0.25, 0.5, 1, 0.375, 0.43126};
    IntStream.range(0, 5).forEach(i -> values.put(ANSWERS.get(i), new double[] {numbers[i]}));
    Retrieval found = new Retrieval(values, List.of("q"), List.of(), List.of(), 1200);
    assertThat(found.toMap())
        .containsExactly(
            Map.entry("recall@1", 0.25),
            Map.entry("recall@5", 0.5),
            Map.entry("recall@10", 1.0),
            Map.entry("mrr", 0.375),
            Map.entry("ndcg@10", 0.43126),
            Map.entry("count", 1),
            Map.entry("corpus_count", 1200),
            Map.entry("without_right", List.of()),
            Map.entry("zero_vectors", List.of()));
    assertThat(found.lines())
        .containsExactly(
            "recall@1   recall@5   recall@10  mrr        ndcg@10    queries  corpus",
            "25.00      50.00      100.00     37.50      43.13      1        1200");
    assertThat(all(new int[] {0}).lines())
        .containsExactly(
            "recall@1   recall@5   recall@10  precision@1  precision@5  precision@10",
            "100.00     100.00     100.00     100.00       20.00        10.00",
            "r_precision  map        map@r      mrr        ndcg@10    queries  corpus",
            "100.00       100.00     100.00     100.00     100.00     1        12");
  }

  @Test
  void refusesWhatDoesNotFit() {
    Embeddings query = rows(START);
    assertThatThrownBy(() -> Retrieval.of(rows(new float[3]), CIRCLE, List.of(new int[1])))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("bank and queries must be equally wide, were 2 and 3");
    refuses(query, List.of(), "right rows must be given for each of the 1 queries, were for 0");
    String rule = "the right rows of query row0 must be in 0 to 11, were ";
    refuses(query, List.of(new int[] {12, 3}), rule + "[3, 12]");
    refuses(query, List.of(new int[] {-1}), rule + "[-1]");
    assertThatThrownBy(() -> Retrieval.of(query, CIRCLE, List.of(new int[0])))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("1 of 1 queries have no right row in the bank");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Retrieval.of(
                    query, CIRCLE, Relevance.rows(List.of(new int[1])), List.of(recall(13))))
        .withMessage(
            "recall@13 must look at no more rows than a query is compared with, which are 12; choose smaller depths");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> precision(0))
        .withMessage("the depth of precision must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> all(new int[1]).mean(recall(3)))
        .withMessageStartingWith("metric must be one that was measured, of [recall@1, ")
        .withMessageEndingWith("; was recall@3");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Retrieval(
                    Map.of(MRR, new double[] {1.5}), List.of("q"), List.of(), List.of(), 1))
        .withMessage("mrr must be in [0, 1], was 1.5");
  }

  @Test
  void refusesWhatHasNoClasses() {
    refusesClasses(rows(START), CIRCLE, "bank: every row must have a label, but row0 (row 0) has");
    Embeddings one = named(List.of("a"), new int[2], arc(0, 1));
    refusesClasses(one, one, "bank: must have at least two classes, had only a; add rows of");
  }

  private static final List<RetrievalMetric> ALL = RetrievalMetric.all(RetrievalMetric.DEPTHS);

  private static void refusesClasses(Embeddings queries, Embeddings bank, String message) {
    assertThatThrownBy(() -> Retrieval.of(queries, bank, Relevance.sameClass(), List.of(MRR)))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(message);
  }

  private static void refuses(Embeddings queries, List<int[]> right, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Retrieval.of(queries, CIRCLE, right))
        .withMessage(message);
  }

  private static Retrieval all(int[] right) {
    return Retrieval.of(rows(START), CIRCLE, Relevance.rows(List.of(right)));
  }

  private static void assertMean(Retrieval found, RetrievalMetric metric, double expected) {
    assertThat(found.mean(metric)).as(metric.name()).isEqualTo(expected, within(1e-15));
  }

  /** Makes right rows of gains. */
  private static final class Judged {
    static RightRows graded(Map<Integer, Double> gains, boolean keep) {
      int[] rows = gains.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
      double[] each = Arrays.stream(rows).mapToDouble(gains::get).toArray();
      return new RightRows(rows, keep ? each : null);
    }
  }

  private static Map<Integer, Double> ones(Map<Integer, Double> gains) {
    Map<Integer, Double> ones = new HashMap<>();
    gains.keySet().forEach(row -> ones.put(row, 1.0));
    return ones;
  }

  /** Gains of at least two rows, or of the only one. */
  private static Map<Integer, Double> gains(Random random, int size) {
    Map<Integer, Double> gains = new HashMap<>();
    int count = Math.min(size, 2 + random.nextInt(12));
    while (gains.size() < count) {
      gains.put(random.nextInt(size), 1.0 + random.nextInt(3));
    }
    return gains;
  }

  /** All metrics, word by word as their definitions say, of the ranking as a list. */
  private static double[] bruteForce(float[] cosines, Map<Integer, Double> gains, int leftOut) {
    List<Double> found =
        IntStream.range(0, cosines.length)
            .filter(row -> row != leftOut)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> 0.0 - cosines[row]))
            .map(row -> gains.getOrDefault(row, 0.0))
            .toList();
    List<Double> best = found.stream().sorted(Comparator.reverseOrder()).toList();
    int right = (int) found.stream().filter(gain -> gain > 0).count();
    double average = 0;
    double averageAtR = 0;
    int first = 0;
    for (int rank = found.size(); rank >= 1; rank--) {
      if (found.get(rank - 1) > 0) {
        first = rank;
        average += precisionOf(found, rank) / right;
        averageAtR += rank <= right ? precisionOf(found, rank) / right : 0;
      }
    }
    return new double[] {
      first <= 1 ? 1 : 0,
      first <= 5 ? 1 : 0,
      first <= 10 ? 1 : 0,
      precisionOf(found, 1),
      precisionOf(found, 5),
      precisionOf(found, 10),
      precisionOf(found, right),
      average,
      averageAtR,
      1.0 / first,
      dcg(found) / dcg(best)
    };
  }

  private static double precisionOf(List<Double> found, int depth) {
    return found.stream().limit(depth).filter(gain -> gain > 0).count() / (double) depth;
  }

  private static double dcg(List<Double> gains) {
    return IntStream.range(0, Math.min(10, gains.size()))
        .mapToDouble(i -> gains.get(i) * Math.log(2) / Math.log(i + 2))
        .sum();
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  /** Vectors of length 1 whose cosines are multiples of a half, exact in floats and often equal. */
  private static float[][] halves(Random random, int count) {
    float[][] vectors = new float[count][4];
    for (float[] vector : vectors) {
      boolean axis = random.nextBoolean();
      for (int i = 0; i < 4; i++) {
        vector[i] = axis ? 0 : random.nextBoolean() ? 0.5f : -0.5f;
      }
      if (axis) {
        vector[random.nextInt(4)] = random.nextBoolean() ? 1 : -1;
      }
    }
    return vectors;
  }

  private static Embeddings arc(int... steps) {
    return rows(
        Arrays.stream(steps).mapToObj(step -> at(step * Math.PI / 24)).toArray(float[][]::new));
  }

  private static float[] at(double angle) {
    return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
  }

  private static Embeddings rows(float[]... vectors) {
    return Embeddings.of(
        IntStream.range(0, vectors.length).mapToObj(i -> "row" + i).toList(), vectors);
  }

  private static Embeddings named(List<String> names, int[] labels, Embeddings rows) {
    return Examples.of(names, labels, rows.vectors());
  }
}
