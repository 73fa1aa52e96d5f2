package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.evaluation.HnswComparison.Speed;
import dev.kindred.runtime.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HnswComparisonTest {
  @Test
  void exactSearchWinsFromTheBatchAfterWhichItNeverLoses() {
    // Queries a second of exact search, where HNSW has 100 at batches of 1, 2, 4 and 8.
    assertThat(exact(10, 120, 90, 110).exactFrom()).hasValue(8);
    assertThat(exact(10, 120, 130, 110).exactFrom()).hasValue(2);
    assertThat(exact(110, 120, 130, 110).exactFrom()).hasValue(1);
    assertThat(exact(110, 120, 130, 100).exactFrom()).isEmpty();
    assertThat(exact(10, 20).speedup()).isEqualTo(10);
  }

  @Test
  void isPrintedAndGoesIntoJson() {
    assertThat(exact(10, 120).lines())
        .containsExactly(
            "HNSW finds 97.50 % of the 10 nearest of 5000 rows (ef 100)",
            "batch  HNSW queries/s  exact queries/s",
            "    1             100               10",
            "    2             100              120",
            "one query at a time HNSW is 10.0 times as fast; exact search is the faster from batches of 2");
    assertThat(exact(10, 20).lines()).last().asString().endsWith("is never the faster");
    assertThat(Json.plain(exact(10, 120).toMap()))
        .containsEntry("recall", 0.975)
        .containsEntry("speedup", 10.0)
        .containsEntry("exact_from", 2)
        .containsEntry(
            "queries_per_second",
            List.of(
                Map.of("batch", 1, "hnsw", 100.0, "exact", 10.0),
                Map.of("batch", 2, "hnsw", 100.0, "exact", 120.0)));
    assertThat(exact(10).toMap()).containsEntry("exact_from", null);
  }

  @Test
  void refusesNoSpeedAndSharesOutsideTheirRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(this::exact)
        .withMessage("the number of speeds must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HnswComparison(1, 1, 1, 1.5, List.of(new Speed(1, 1, 1))))
        .withMessage("recall must be in [0, 1], was 1.5");
  }

  private HnswComparison exact(double... speeds) {
    int[] batch = {1};
    List<Speed> all =
        Arrays.stream(speeds)
            .mapToObj(
                speed -> {
                  Speed one = new Speed(batch[0], 100, speed);
                  batch[0] *= 2;
                  return one;
                })
            .toList();
    return new HnswComparison(5000, 10, 100, 0.975, all);
  }
}
