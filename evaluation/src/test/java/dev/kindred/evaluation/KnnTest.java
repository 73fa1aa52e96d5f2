package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnnTest {
  private static final float[] EAST = {1, 0};
  private static final float[] NORTH = {0, 1};
  private static final float[] WEST = {-1, 0};

  @Property(tries = 60)
  void classifiesAsBruteForceDoes(
      @ForAll long seed,
      @ForAll @IntRange(min = 3, max = 60) int bankSize,
      @ForAll @IntRange(min = 3, max = 20) int queries,
      @ForAll @IntRange(min = 3, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 80) int k,
      @ForAll @DoubleRange(min = 0.01, max = 2) double temperature,
      @ForAll @IntRange(min = 1, max = 25) int batch) {
    Embeddings bank = Examples.clouds(bankSize, width, 1, seed);
    Embeddings asked = Examples.clouds(queries, width, 1, seed + 1);
    int[] predicted = predict(new Knn(k, temperature), bank, asked, batch);
    for (int i = 0; i < queries; i++) {
      double[] votes = bruteForce(bank, asked.vectors()[i], k, temperature);
      if (decided(votes)) {
        assertThat(predicted[i]).isEqualTo(Rows.best(votes)[0]);
      }
    }
  }

  @Test
  void countsWhatItClassified() {
    Embeddings bank = Examples.of(List.of("e", "n"), new int[] {0, 1}, EAST, NORTH);
    Embeddings queries =
        Examples.of(
            List.of("e", "n"),
            new int[] {0, 0, 1},
            new float[] {3, 1},
            new float[] {1, 3},
            new float[] {0, 5});
    Classification result = new Knn(1, 0.1).evaluate(bank, queries);
    assertThat(result.confusion()).isDeepEqualTo(new int[][] {{1, 1}, {0, 1}});
  }

  @Test
  void weighsNearerNeighboursMoreTheLowerTheTemperature() {
    // One neighbour ahead, two of the other class a little to the side.
    Embeddings bank =
        Examples.of(
            List.of("ahead", "aside"),
            new int[] {0, 1, 1},
            EAST,
            new float[] {1, 0.5f},
            new float[] {1, -0.5f});
    Embeddings query = Examples.of(List.of("ahead"), new int[] {0}, EAST);
    assertThat(new Knn(3, 0.1).evaluate(bank, query).accuracy()).isEqualTo(1);
    assertThat(new Knn(3, 0.2).evaluate(bank, query).accuracy()).isEqualTo(0);
    assertThat(new Knn(3, 1e-300).evaluate(bank, query).accuracy()).isEqualTo(1);
  }

  @Test
  void ignoresLength() {
    Embeddings bank =
        Examples.of(
            List.of("e", "n"), new int[] {0, 1}, new float[] {1e-30f, 0}, new float[] {0, 1e30f});
    Embeddings query = Examples.of(List.of("e"), new int[] {0}, new float[] {2e30f, 1e30f});
    assertThat(new Knn(1, 0.1).evaluate(bank, query).accuracy()).isEqualTo(1);
  }

  @Test
  void givesEqualVotesToTheLowestLabel() {
    Embeddings bank =
        Examples.of(List.of("first", "second"), new int[] {1, 0, 1, 0}, EAST, EAST, NORTH, NORTH);
    Embeddings query = Examples.of(List.of("first"), new int[] {0}, new float[] {1, 1});
    assertThat(new Knn(4, 0.1).evaluate(bank, query).accuracy()).isEqualTo(1);
  }

  @Test
  void takesTheEarlierOfEquallyNearRows() {
    Embeddings bank =
        Examples.of(List.of("first", "second"), new int[] {1, 0, 0}, EAST, EAST, EAST);
    Embeddings query = Examples.of(List.of("second"), new int[] {0}, EAST);
    assertThat(new Knn(1, 0.1).evaluate(bank, query).accuracy()).isEqualTo(1);
  }

  @Test
  void cutsTheNumberOfNeighboursToTheBank() {
    Embeddings bank = Examples.clouds(30, 4, 1, 1);
    Embeddings queries = Examples.clouds(20, 4, 1, 2);
    assertThat(new Knn(1000, 0.1).evaluate(bank, queries).toMap())
        .isEqualTo(new Knn(30, 0.1).evaluate(bank, queries).toMap());
  }

  @Test
  void aZeroVectorHasCosineZeroToEverything() {
    Embeddings bank = Examples.of(List.of("none", "west"), new int[] {0, 1}, new float[2], WEST);
    Embeddings east = Examples.of(List.of("none"), new int[] {0}, EAST);
    assertThat(new Knn(1, 0.1).evaluate(bank, east).accuracy()).as("0 is above -1").isEqualTo(1);
    Embeddings zero = Examples.of(List.of("none"), new int[] {0}, new float[2]);
    assertThat(new Knn(1, 0.1).evaluate(bank, zero).accuracy()).as("the earlier").isEqualTo(1);
  }

  @Test
  void batchesDoNotChangeTheResult() {
    Embeddings bank = Examples.clouds(100, 5, 1, 1);
    Embeddings queries = Examples.clouds(50, 5, 1, 2);
    int[] whole = predict(Knn.dino(), bank, queries, 50);
    for (int batch : new int[] {1, 7, 49, 1000}) {
      assertThat(predict(Knn.dino(), bank, queries, batch)).isEqualTo(whole);
    }
  }

  private static int[] predict(Knn knn, Embeddings bank, Embeddings queries, int batch) {
    try (ExactSearch search = new ExactSearch(bank)) {
      return Arrays.stream(knn.rank(search, Labelled.of("bank", bank), queries.vectors(), batch))
          .mapToInt(classes -> classes[0])
          .toArray();
    }
  }

  @Test
  void joinsClassesByName() {
    Embeddings bank = Examples.of(List.of("e", "n"), new int[] {0, 1}, EAST, NORTH);
    Embeddings queries = Examples.of(List.of("w", "n", "e"), new int[] {2, 1}, EAST, NORTH);
    Classification result = new Knn(1, 0.1).evaluate(bank, queries);
    assertThat(result.accuracy()).isEqualTo(1);
    assertThat(result.classNames()).containsExactly("e", "n");
  }

  @Test
  void refusesClassesThatTheBankLacks() {
    Embeddings bank = Examples.of(List.of("e", "n", "w"), new int[] {0, 1}, EAST, NORTH);
    Embeddings queries = Examples.of(List.of("w"), new int[] {0}, WEST);
    assertThatThrownBy(() -> Knn.defaults().evaluate(bank, queries))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "queries: every class must occur in the bank too, but w does not;"
                + " add it there or leave it out");
  }

  @Test
  void refusesRowsWithoutALabel() {
    Embeddings labelled = Examples.of(List.of("e", "n"), new int[] {0, 1}, EAST, NORTH);
    Embeddings part = Examples.of(List.of("e", "n"), new int[] {0, Dataset.NO_LABEL}, EAST, NORTH);
    assertThatThrownBy(() -> Knn.defaults().evaluate(part, labelled))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "bank: every row must have a label, but row1 (row 1) has none;"
                + " label it or leave it out");
    assertThatThrownBy(() -> Knn.defaults().evaluate(labelled, part))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("queries: every row must have a label");
  }

  @Test
  void refusesABankOfOneClass() {
    Embeddings bank = Examples.of(List.of("e", "n"), new int[] {1, 1}, EAST, NORTH);
    assertThatThrownBy(() -> Knn.defaults().evaluate(bank, bank))
        .isInstanceOf(KindredException.class)
        .hasMessage("bank: must have at least two classes, had only n; add rows of another");
  }

  @Test
  void refusesQueriesOfAnotherWidth() {
    Embeddings bank = Examples.of(List.of("e", "n"), new int[] {0, 1}, EAST, NORTH);
    Embeddings queries = Examples.of(List.of("e"), new int[] {0}, new float[3]);
    assertThatThrownBy(() -> Knn.defaults().evaluate(bank, queries))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            "bank and queries must be equally wide, were 2 and 3; embed both with one model");
  }

  @Test
  void refusesLessThanOneNeighbour() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Knn(0, 0.1))
        .withMessage("k must be >= 1, was 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesTemperaturesThatAreNotPositive(double temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Knn(1, temperature))
        .withMessage("temperature must be finite and > 0, was " + temperature);
  }

  /** The votes for each class, straight from the definition, in double precision. */
  private static double[] bruteForce(Embeddings bank, float[] query, int k, double temperature) {
    double[] cosines =
        Arrays.stream(bank.vectors()).mapToDouble(row -> cosine(row, query)).toArray();
    double[] votes = new double[bank.classNames().size()];
    IntStream.range(0, bank.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -cosines[i]))
        .limit(k)
        .forEach(i -> votes[bank.labels()[i]] += Math.exp(cosines[i] / temperature));
    return votes;
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Whether float32 and float64 cannot disagree about the winner. */
  private static boolean decided(double[] votes) {
    double[] sorted = votes.clone();
    Arrays.sort(sorted);
    double best = sorted[sorted.length - 1];
    return best - sorted[sorted.length - 2] > 1e-3 * best;
  }
}
