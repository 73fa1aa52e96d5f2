package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransferTableTest {
  @Test
  void ranksWithinEachTask() {
    TransferTable table = table(row(8, 5), row(6, 5), row(2, 1));

    assertThat(table.tasks()).containsExactly("digits", "photos");
    assertThat(table.meanRank("a")).isEqualTo((1 + 1.5) / 2);
    assertThat(table.meanRank("b")).isEqualTo((2 + 1.5) / 2);
    assertThat(table.meanRank("c")).isEqualTo(3);
    assertThat(table.accuracy("b", "digits")).isEqualTo(0.6);
  }

  @Test
  void printsAccuraciesWithTheirIntervals() {
    List<String> lines = table(row(10, 10), row(0, 0)).lines();

    assertThat(lines)
        .containsExactly(
            "representation            digits            photos         mean rank",
            "a                1.0000 ± 0.0000   1.0000 ± 0.0000              1.00",
            "b                0.0000 ± 0.0000   0.0000 ± 0.0000              2.00");
  }

  @Test
  void namesItsMetricsForJson() {
    Map<String, Object> map = table(row(10, 10), row(0, 0)).toMap();
    assertThat(map).containsOnlyKeys("a", "b");
    assertThat(map.get("b"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("mean_rank", 2.0)
        .containsKeys("digits", "photos");
  }

  @Test
  void refusesTablesWithHoles() {
    Map<String, TransferResult> one = Map.of("digits", ofTen(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TransferTable(Map.of("a", row(1, 1), "b", one)))
        .withMessageStartingWith("every representation must have the same tasks, one or more, had");
    assertThatIllegalArgumentException().isThrownBy(() -> new TransferTable(Map.of()));
  }

  @SafeVarargs
  private static TransferTable table(Map<String, TransferResult>... rows) {
    Map<String, Map<String, TransferResult>> results = new LinkedHashMap<>();
    for (int i = 0; i < rows.length; i++) {
      results.put(List.of("a", "b", "c").get(i), rows[i]);
    }
    return new TransferTable(results);
  }

  private static Map<String, TransferResult> row(int digits, int photos) {
    Map<String, TransferResult> row = new LinkedHashMap<>();
    row.put("digits", ofTen(digits));
    row.put("photos", ofTen(photos));
    return row;
  }

  private static TransferResult ofTen(int right) {
    int[] predicted = new int[10];
    Arrays.fill(predicted, right, 10, 1);
    return new TransferResult(Examples.classified(Examples.ABC, new int[10], predicted), 1, 0.5);
  }
}
