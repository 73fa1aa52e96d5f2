package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embeddings;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExactSearchTest {
  @Test
  void goesByDirectionAlone() {
    List<Neighbour> found =
        nearest(new float[][] {{1, 0}, {0, 3}, {100, 1}, {-1, 0}, {2, 2}}, new float[] {5, 0}, 5);
    assertThat(found).extracting(Neighbour::row).containsExactly(0, 2, 4, 1, 3);
    assertThat(found).extracting(Neighbour::id).startsWith("row0", "row2");
    assertThat(found.get(2).similarity()).isCloseTo(Math.sqrt(0.5), within(1e-6));
  }

  @Test
  void takesTheEarlierOfTwoThatAreEquallySimilar() {
    float[][] bank = {{1, 0}, {0, 1}, {0, 2}, {0, -1}};
    assertThat(nearest(bank, new float[] {1, 0}, 3))
        .extracting(Neighbour::row)
        .containsExactly(0, 1, 2);
  }

  @Test
  void givesARowOfZerosNoDirection() {
    List<Neighbour> found = nearest(new float[][] {{1, 0}, {0, 0}}, new float[] {1, 0}, 2);
    assertThat(found.get(1).similarity()).isZero();
  }

  @Test
  void findsAllRowsWhenAskedForMore() {
    assertThat(nearest(new float[][] {{1, 0}, {0, 1}}, new float[] {1, 1}, 10)).hasSize(2);
  }

  @Property(tries = 30)
  void equalsSortingByCosine(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
    Random random = new Random(seed);
    float[][] bank = random(random, rows);
    float[] query = random(random, 1)[0];
    List<Double> expected =
        IntStream.range(0, rows)
            .mapToObj(row -> cosine(bank[row], query))
            .sorted(Comparator.reverseOrder())
            .limit(5)
            .toList();
    List<Neighbour> found = nearest(bank, query, 5);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).similarity()).isCloseTo(expected.get(i), within(1e-5));
      assertThat(cosine(bank[found.get(i).row()], query)).isCloseTo(expected.get(i), within(1e-5));
    }
  }

  @Test
  void manyQueriesFindWhatEachFinds() {
    float[][] bank = random(new Random(1), 30);
    float[][] queries = random(new Random(2), 7);
    try (VectorIndex search =
        new ExactSearch(
            Embeddings.of(IntStream.range(0, 30).mapToObj(i -> "row" + i).toList(), bank))) {
      assertThat(search.size()).isEqualTo(30);
      assertThat(search.dimension()).isEqualTo(4);
      List<List<Neighbour>> found = search.nearest(queries, 3);
      assertThat(found).hasSize(7);
      for (int i = 0; i < queries.length; i++) {
        assertThat(found.get(i))
            .extracting(Neighbour::id)
            .isEqualTo(nearest(bank, queries[i], 3).stream().map(Neighbour::id).toList());
      }
      assertThat(search.nearest(new float[0][], 3)).isEmpty();
    }
  }

  @Test
  void refusesAQueryOfAnotherWidthAndLessThanOneNeighbour() {
    float[][] bank = {{1, 0}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> nearest(bank, new float[3], 1))
        .withMessage(
            "query must be 2 wide like the index, was 3; embed it with the model of the index");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> nearest(bank, new float[2], 0))
        .withMessage("k must be >= 1, was 0");
  }

  private static List<Neighbour> nearest(float[][] bank, float[] query, int k) {
    List<String> ids = IntStream.range(0, bank.length).mapToObj(i -> "row" + i).toList();
    Embeddings rows = new Embeddings(ids, new int[bank.length], List.of("a"), bank, List.of());
    try (ExactSearch search = new ExactSearch(rows)) {
      return search.nearest(query, k);
    }
  }

  private static float[][] random(Random random, int rows) {
    float[][] values = new float[rows][4];
    for (float[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double lengths = 0;
    double lengthOfB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      lengths += (double) a[i] * a[i];
      lengthOfB += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(lengths * lengthOfB);
  }
}
