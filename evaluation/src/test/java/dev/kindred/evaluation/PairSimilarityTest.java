package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.evaluation.PairSimilarity.Agreement;
import dev.kindred.runtime.KindredException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PairSimilarityTest {
  private static final Offset<Double> EXACT = within(1e-7);

  /**
   * Cosines 1, 0.6, 0 of gold 5, 4, 1 (Spearman 1) and, out of step, cosines 0.8, -1 of gold 0, 2
   * (Spearman -1). Together gold ranks 5, 4, 2, 1, 3 and cosine ranks 5, 3, 2, 4, 1: 1 - 6 * 14 /
   * 120 = 3/10.
   */
  private static final List<ScoredPair<float[]>> PAIRS =
      List.of(
          pair("1", "news", 5, vector(2, 0), vector(7, 0)),
          pair("2", "news", 4, vector(1, 0), vector(3, 4)),
          pair("3", "forum", 0, vector(0, 5), vector(3, 4)),
          pair("4", "news", 1, vector(1, 0), vector(0, 1)),
          pair("5", "forum", 2, vector(1, 1), vector(-2, -2)));

  @Test
  void sumsUpTheSubsetsInThreeWays() {
    PairSimilarity result = PairSimilarity.of(PAIRS);
    assertThat(result.subsets()).containsOnlyKeys("news", "forum");
    assertThat(result.subsets().keySet()).containsExactly("news", "forum");
    assertThat(subset(result, "news").spearman()).isCloseTo(1, EXACT);
    assertThat(subset(result, "news").count()).isEqualTo(3);
    assertThat(subset(result, "forum").spearman()).isCloseTo(-1, EXACT);
    assertThat(subset(result, "forum").count()).isEqualTo(2);
    assertThat(result.all().spearman()).isCloseTo(3.0 / 10, EXACT);
    assertThat(result.mean().spearman()).isCloseTo(0, EXACT);
    assertThat(result.wmean().spearman()).isCloseTo(1.0 / 5, EXACT);
    assertThat(List.of(result.all(), result.mean(), result.wmean()))
        .extracting(Agreement::count)
        .containsOnly(5);
    assertThat(result.zeroVectors()).isEmpty();
  }

  @Test
  void sumsUpPearsonLikewise() {
    PairSimilarity result = PairSimilarity.of(PAIRS);
    double[] gold = {5, 4, 1};
    double news = Correlation.PEARSON.of(gold, new double[] {1, 0.6, 0});
    assertThat(subset(result, "news").pearson()).isCloseTo(news, EXACT);
    assertThat(result.all().pearson())
        .isCloseTo(
            Correlation.PEARSON.of(new double[] {5, 4, 0, 1, 2}, new double[] {1, 0.6, 0.8, 0, -1}),
            EXACT);
    assertThat(result.mean().pearson()).isCloseTo((news - 1) / 2, EXACT);
    assertThat(result.wmean().pearson()).isCloseTo((3 * news - 2) / 5, EXACT);
  }

  @Test
  void embedsBothExamplesOfEachPair() {
    List<ScoredPair<String>> words =
        List.of(
            new ScoredPair<>("a", "all", 2, "xx", "xxxxx"),
            new ScoredPair<>("b", "all", 1, "xxy", "xyy"),
            new ScoredPair<>("c", "all", 0, "x", "y"));
    assertThat(PairSimilarity.of(new LetterEmbedder(), words).all().spearman()).isCloseTo(1, EXACT);
  }

  @Test
  void cosinesAreFloats() {
    // The two differ by less than a float32 near 1 can hold, so they are tied.
    List<ScoredPair<float[]>> pairs =
        List.of(
            pair("1", "s", 0, vector(1, 0), vector(1, 1e-5f)),
            pair("2", "s", 1, vector(1, 0), vector(1, 2e-5f)),
            pair("3", "s", 2, vector(1, 0), vector(1, 1)));
    assertThat(PairSimilarity.of(pairs).all().spearman()).isCloseTo(-Math.sqrt(3) / 2, EXACT);
  }

  @Test
  void namesPairsWithAZeroVectorAndCountsTheirCosineAsZero() {
    List<ScoredPair<float[]>> pairs = new ArrayList<>(PAIRS);
    pairs.set(3, pair("4", "news", 1, vector(0, 0), vector(0, 1)));
    PairSimilarity result = PairSimilarity.of(pairs);
    assertThat(result.zeroVectors()).containsExactly("4");
    assertThat(result.all()).isEqualTo(PairSimilarity.of(PAIRS).all());
    assertThat(result.lines())
        .last()
        .isEqualTo("1 of 5 pairs hold a zero vector, and their cosine counts as 0; the first is 4");
  }

  @Property(tries = 100)
  void onlyDirectionsAndTheOrderOfScoresMatter(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 100) double scale) {
    List<ScoredPair<float[]>> pairs = random(seed);
    List<ScoredPair<float[]>> moved =
        pairs.stream()
            .map(
                of ->
                    pair(
                        of.id(),
                        of.subset(),
                        Math.exp(of.score()) * scale,
                        // A power of two, lest rounding change the order of the cosines.
                        scaled(of.second(), 4),
                        scaled(of.first(), 0.5f)))
            .toList();
    PairSimilarity result = PairSimilarity.of(pairs);
    PairSimilarity other = PairSimilarity.of(moved);
    assertThat(other.all().spearman()).isEqualTo(result.all().spearman());
    assertThat(other.mean().spearman()).isEqualTo(result.mean().spearman());
    assertThat(other.wmean().spearman()).isEqualTo(result.wmean().spearman());
  }

  @Test
  void ofOneSubsetAllSumsAreOne() {
    List<ScoredPair<float[]>> news =
        PAIRS.stream().filter(pair -> pair.subset().equals("news")).toList();
    PairSimilarity result = PairSimilarity.of(news);
    for (Agreement sum : List.of(result.mean(), result.wmean())) {
      assertThat(sum.spearman()).isEqualTo(1).isEqualTo(result.all().spearman());
      assertThat(sum.pearson()).isCloseTo(result.all().pearson(), within(1e-15));
    }
  }

  @Test
  void printsPercentages() {
    assertThat(PairSimilarity.of(PAIRS).lines())
        .containsExactly(
            "         Spearman   Pearson   pairs",
            "  news     100.00     98.62       3",
            "  forum   -100.00   -100.00       2",
            "all         30.00     30.46       5",
            "mean         0.00     -0.69       5",
            "wmean       20.00     19.17       5");
  }

  @Test
  void namesItsMetricsForJson() {
    PairSimilarity result = PairSimilarity.of(PAIRS);
    assertThat(result.toMap())
        .containsEntry("spearman", result.all().spearman())
        .containsEntry("pearson", result.all().pearson())
        .containsEntry("count", 5)
        .containsEntry("mean", map(result.mean()))
        .containsEntry("wmean", map(result.wmean()))
        .containsEntry(
            "subsets",
            Map.of(
                "news", map(subset(result, "news")),
                "forum", map(subset(result, "forum"))))
        .containsEntry("zero_vectors", List.of());
  }

  @Test
  void averagesWhatIsRoundedAlready() {
    // 70.0149 and 80.0149 are 70.01 and 80.01 in a table, and 75.01 on the mean.
    assertThat(PairSimilarity.average(List.of(spearman(0.700149), spearman(0.800149))))
        .isCloseTo(0.7501, within(1e-12));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairSimilarity.average(List.of()))
        .withMessage("sets must be at least one, was none");
  }

  @Test
  void refusesSubsetsThatHaveNoCorrelation() {
    refuses(
        with(pair("6", "lone", 1, vector(1, 0), vector(1, 0))),
        "subset lone: gold scores must be at least 2 to be correlated, had 1; give more pairs");
    refuses(
        List.of(
            pair("1", "news", 1, vector(1, 0), vector(2, 0)),
            pair("2", "news", 2, vector(0, 3), vector(0, 3))),
        "subset news: cosines must vary to be correlated, but all 2 are 1.0; give pairs that differ");
    refuses(List.of(), "gold scores must be at least 2 to be correlated, had 0; give more pairs");
  }

  @Test
  void refusesPairsThatCannotBeCompared() {
    refuses(
        with(pair("6", "news", 1, vector(1, 0), new float[3])),
        "pair 6: both vectors must be equally wide, were 2 and 3; embed both with one model");
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      refuses(
          with(pair("6", "news", 1, vector(0, 0), vector(1, value))),
          "pair 6: both vectors must be finite, but one is not; check what made them");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pair("6", "news", Double.NaN, vector(1, 0), vector(1, 0)))
        .withMessage("the score of pair 6 must be finite, was NaN");
  }

  private static void refuses(List<ScoredPair<float[]>> pairs, String message) {
    assertThatThrownBy(() -> PairSimilarity.of(pairs))
        .isInstanceOf(KindredException.class)
        .hasMessage(message);
  }

  private static List<ScoredPair<float[]>> with(ScoredPair<float[]> pair) {
    List<ScoredPair<float[]>> pairs = new ArrayList<>(PAIRS);
    pairs.add(pair);
    return pairs;
  }

  private static List<ScoredPair<float[]>> random(long seed) {
    Random random = new Random(seed);
    List<ScoredPair<float[]>> pairs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      pairs.add(
          pair(
              "p" + i,
              i % 3 == 0 ? "a" : "b",
              // The first two of each subset differ.
              i < 6 ? i : random.nextInt(6),
              vector((float) random.nextGaussian(), (float) random.nextGaussian()),
              vector((float) random.nextGaussian(), (float) random.nextGaussian())));
    }
    return pairs;
  }

  private static Agreement subset(PairSimilarity result, String name) {
    return Objects.requireNonNull(result.subsets().get(name));
  }

  private static PairSimilarity spearman(double value) {
    return new PairSimilarity(new Agreement(value, 0, 9), Map.of(), List.of());
  }

  private static Map<String, Object> map(Agreement agreement) {
    return Map.of(
        "spearman", agreement.spearman(),
        "pearson", agreement.pearson(),
        "count", agreement.count());
  }

  private static ScoredPair<float[]> pair(
      String id, String subset, double score, float[] first, float[] second) {
    return new ScoredPair<>(id, subset, score, first, second);
  }

  private static float[] vector(float... values) {
    return values;
  }

  private static float[] scaled(float[] values, float by) {
    return vector(values[0] * by, values[1] * by);
  }
}
