package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetrievalTest {
  /** Twelve rows on a quarter of a circle; from its start, row {@code i} has rank {@code i + 1}. */
  private static final Embeddings CIRCLE =
      rows(IntStream.range(0, 12).mapToObj(i -> at(i * Math.PI / 24)).toArray(float[][]::new));

  private static final float[] START = at(0);

  @Test
  void oneRightRowIsFoundAtItsRank() {
    // Ranks 1, 3, 6 and 12.
    Retrieval found =
        Retrieval.of(
            rows(START, START, START, START),
            CIRCLE,
            List.of(new int[] {0}, new int[] {2}, new int[] {5}, new int[] {11}));
    assertThat(found.recall()).isEqualTo(Map.of(1, 1 / 4.0, 5, 2 / 4.0, 10, 3 / 4.0));
    assertThat(found.mrr()).isEqualTo((1 + 1 / 3.0 + 1 / 6.0 + 1 / 12.0) / 4, within(1e-15));
    // 1 / log2(4) is a half.
    assertThat(found.ndcg())
        .isEqualTo((1 + 1 / 2.0 + Math.log(2) / Math.log(7)) / 4, within(1e-15));
    assertThat(found.count()).isEqualTo(4);
    assertThat(found.corpusCount()).isEqualTo(12);
  }

  @Test
  void ofSeveralRightRowsTheFirstCountsForRecallAndAllForTheGain() {
    // Ranks 3 and 7 of rows given in no order and twice: gains 1/2 and 1/3, at best 1 and
    // 1/log2(3).
    Retrieval found = Retrieval.of(rows(START), CIRCLE, List.of(new int[] {6, 2, 6}));
    assertThat(found.recall()).isEqualTo(Map.of(1, 0.0, 5, 1.0, 10, 1.0));
    assertThat(found.mrr()).isEqualTo(1 / 3.0);
    assertThat(found.ndcg())
        .isEqualTo((1 / 2.0 + 1 / 3.0) / (1 + Math.log(2) / Math.log(3)), within(1e-15));
  }

  @Test
  void allIsOneWhereEveryRowIsRight() {
    Retrieval found = Retrieval.of(rows(START), CIRCLE, List.of(IntStream.range(0, 12).toArray()));
    assertThat(found.recall().values()).containsOnly(1.0);
    assertThat(found.mrr()).isEqualTo(1);
    assertThat(found.ndcg()).isEqualTo(1);
  }

  @Test
  void ofEquallyNearRowsTheEarlierComesFirst() {
    Embeddings equal = rows(START, new float[] {3, 0}, new float[2], START);
    List<int[]> right = List.of(new int[] {1}, new int[] {3});
    assertThat(Retrieval.of(rows(START, START), equal, right).mrr())
        .isEqualTo((1 / 2.0 + 1 / 3.0) / 2);
    // An encoder that has collapsed finds no more than chance.
    Embeddings collapsed = rows(START, START, START, START);
    List<int[]> each = IntStream.range(0, 4).mapToObj(i -> new int[] {i}).toList();
    assertThat(Retrieval.of(collapsed, collapsed, each).recall()).containsEntry(1, 1 / 4.0);
    // Cosine 0 and cosine -0 are the same.
    Embeddings zeros = rows(new float[] {-0f, 1}, new float[] {0f, -1}, new float[] {-0f, -1});
    assertThat(Retrieval.of(rows(START), zeros, List.of(new int[] {2, 1, 0})).mrr()).isEqualTo(1);
  }

  @Property(tries = 60)
  void equalsSortingByCosine(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int corpusSize,
      @ForAll @IntRange(min = 1, max = 9) int queryCount,
      @ForAll @IntRange(min = 1, max = 5) int batch) {
    Random random = new Random(seed);
    // Small whole numbers, so that equal cosines are common, and exact.
    float[][] corpus = axes(random, corpusSize);
    float[][] queries = axes(random, queryCount);
    List<int[]> right =
        IntStream.range(0, queryCount)
            .mapToObj(i -> random.ints(1 + random.nextInt(12), 0, corpusSize).toArray())
            .toList();
    Retrieval found;
    try (ExactSearch search = new ExactSearch(rows(corpus))) {
      found = Retrieval.of(rows(queries), search, right, corpusSize, batch);
    }
    double[] expected = new double[5];
    for (int i = 0; i < queryCount; i++) {
      double[] one = bruteForce(corpus, queries[i], right.get(i));
      Arrays.setAll(expected, at -> expected[at] + one[at]);
    }
    double[] measured = {
      found.recall().get(1),
      found.recall().get(5),
      found.recall().get(10),
      found.mrr(),
      found.ndcg()
    };
    for (int i = 0; i < measured.length; i++) {
      assertThat(measured[i]).isEqualTo(expected[i] / queryCount, within(1e-12));
    }
  }

  @Test
  void namesItsMetricsForJsonAndPrintsPercentages() {
    Retrieval found = new Retrieval(Map.of(1, 0.25, 5, 0.5, 10, 1.0), 0.375, 0.43126, 4, 1200);
    assertThat(found.toMap())
        .containsExactly(
            Map.entry("recall@1", 0.25),
            Map.entry("recall@5", 0.5),
            Map.entry("recall@10", 1.0),
            Map.entry("mrr", 0.375),
            Map.entry("ndcg@10", 0.43126),
            Map.entry("count", 4),
            Map.entry("corpus_count", 1200));
    assertThat(found.lines())
        .containsExactly(
            "recall@1   recall@5   recall@10  mrr        ndcg@10    queries  corpus",
            "25.00      50.00      100.00     37.50      43.13      4        1200");
  }

  @Test
  void refusesWhatDoesNotFit() {
    Embeddings query = rows(START);
    assertThatThrownBy(() -> Retrieval.of(rows(new float[3]), CIRCLE, List.of(new int[1])))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("corpus and queries must be equally wide, were 2 and 3");
    refuses(query, List.of(), "right must have an entry for each of the 1 queries, had 0");
    String rule = "the right rows of query row0 must be one or more of 0 to 11, were ";
    refuses(query, List.of(new int[0]), rule + "[]");
    refuses(query, List.of(new int[] {3, 12}), rule + "[3, 12]");
    refuses(query, List.of(new int[] {-1}), rule + "[-1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retrieval(Map.of(1, 1.5), 1, 1, 1, 1))
        .withMessage("recall@1 must be in [0, 1], was 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retrieval(Map.of(), Double.NaN, 1, 1, 1))
        .withMessage("mrr must be in [0, 1], was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retrieval(Map.of(), 1, 1, 0, 1))
        .withMessage("count must be >= 1, was 0");
  }

  private static void refuses(Embeddings queries, List<int[]> right, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Retrieval.of(queries, CIRCLE, right))
        .withMessage(message);
  }

  /** Recalls, reciprocal rank and nDCG, by the definitions. */
  private static double[] bruteForce(float[][] corpus, float[] query, int[] right) {
    Set<Integer> wanted = new HashSet<>(Arrays.stream(right).boxed().toList());
    List<Integer> ranking =
        IntStream.range(0, corpus.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -dot(corpus[row], query) + 0.0))
            .toList();
    List<Double> gains = ranking.stream().map(row -> wanted.contains(row) ? 1.0 : 0.0).toList();
    int first = gains.indexOf(1.0) + 1;
    List<Double> best = gains.stream().sorted(Comparator.reverseOrder()).toList();
    return new double[] {
      first <= 1 ? 1 : 0,
      first <= 5 ? 1 : 0,
      first <= 10 ? 1 : 0,
      1.0 / first,
      dcg(gains) / dcg(best)
    };
  }

  private static double dcg(List<Double> gains) {
    return IntStream.range(0, Math.min(10, gains.size()))
        .mapToDouble(i -> gains.get(i) * Math.log(2) / Math.log(i + 2))
        .sum();
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  /** Vectors along an axis, of which cosines are -1, 0 or 1. */
  private static float[][] axes(Random random, int count) {
    float[][] vectors = new float[count][3];
    for (float[] vector : vectors) {
      vector[random.nextInt(3)] = random.nextBoolean() ? 1 : -1;
    }
    return vectors;
  }

  private static float[] at(double angle) {
    return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
  }

  private static Embeddings rows(float[]... vectors) {
    return Embeddings.of(
        IntStream.range(0, vectors.length).mapToObj(i -> "row" + i).toList(), vectors);
  }
}
