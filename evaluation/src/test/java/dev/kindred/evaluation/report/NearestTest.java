package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.evaluation.report.Nearest.Neighbour;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void goesByDirectionAlone() {
    float[][] vectors = {{1, 0}, {0, 3}, {100, 1}, {-1, 0}, {2, 2}};
    assertThat(Nearest.of(vectors, 0, 4)).extracting(Neighbour::row).containsExactly(2, 4, 1, 3);
    assertThat(Nearest.of(vectors, 0, 4).get(1).similarity())
        .isCloseTo(Math.sqrt(0.5), within(1e-12));
  }

  @Test
  void takesTheEarlierOfTwoThatAreEquallySimilar() {
    float[][] vectors = {{1, 0}, {0, 1}, {0, 2}, {0, -1}};
    assertThat(Nearest.of(vectors, 0, 2)).extracting(Neighbour::row).containsExactly(1, 2);
  }

  @Test
  void givesARowOfZerosNoDirection() {
    assertThat(Nearest.of(new float[][] {{1, 0}, {0, 0}}, 0, 1).get(0).similarity()).isZero();
  }

  /** Brute force: counts the rows that beat each neighbour, rather than sorting. */
  @Property(tries = 100)
  void noRowLeftOutIsMoreSimilarThanOneTaken(
      @ForAll @Size(min = 3, max = 30)
          List<@Size(4) List<@IntRange(min = -9, max = 9) Integer>> rows,
      @ForAll @IntRange(min = 0, max = 2) int query,
      @ForAll @IntRange(min = 1, max = 2) int k) {
    float[][] vectors = rows.stream().map(NearestTest::vector).toArray(float[][]::new);
    List<Neighbour> found = Nearest.of(vectors, query, k);
    assertThat(found)
        .hasSize(k)
        .extracting(Neighbour::row)
        .doesNotHaveDuplicates()
        .doesNotContain(query);
    for (int row = 0; row < vectors.length; row++) {
      Neighbour last = found.get(k - 1);
      if (row != query
          && found.stream().map(Neighbour::row).noneMatch(Integer.valueOf(row)::equals)) {
        assertThat(cosine(vectors[query], vectors[row]))
            .isLessThanOrEqualTo(last.similarity() + 1e-12);
      }
    }
  }

  private static float[] vector(List<Integer> values) {
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = values.get(i);
    }
    return vector;
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
  }
}
