package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.evaluation.report.Table.Cell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-0.5",
        "−.5",
        "1,000.5",
        "12 345",
        "33.9 %",
        "33,9 %",
        "1e-4",
        "2.5E+3%",
        "",
        ".4183 ± .0097",
        "41.8 % ± 1.0 %",
        ".41 [.40, .43]",
        "0.41 (0.40–0.43)",
        "41 % [40 %; 43 %]",
        ".41 ± .01 [.40, .43]",
        "—",
        "NaN"
      })
  void takesNumbersForNumbers(String text) {
    assertThat(numeric(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1 a",
        ".",
        "± .1",
        "[.40, .43]",
        ".41 [.40]",
        "1 [2, 3",
        "17.0.15+6-b",
        "% 1"
      })
  void takesOtherTextForText(String text) {
    assertThat(numeric(text)).isFalse();
  }

  @Test
  void setsAColumnToTheRightOnlyIfAllOfItIsNumbers() {
    Table table =
        Table.of("", List.of("", "a", "b"), List.of(row("x", "1", "1"), row("y", "2", "z")));
    assertThat(table.headers()).extracting(Cell::number).containsExactly(false, true, false);
    assertThat(table.rows().get(0).cells()).extracting(Cell::number).containsExactly(true, false);
  }

  @Test
  void readsWhatANumberSays() {
    assertThat(new Cell(".4183 ± .0097", true).data())
        .isEqualTo(Map.of("text", ".4183 ± .0097", "value", 0.4183, "margin", 0.0097));
    assertThat(new Cell("41 % [40, 43]", true).data())
        .isEqualTo(
            Map.of("text", "41 % [40, 43]", "value", 41.0, "low", 40.0, "high", 43.0, "unit", "%"));
    assertThat(new Cell("−1,234.5", true).data())
        .isEqualTo(Map.of("text", "−1,234.5", "value", -1234.5));
    assertThat(new Cell("33,9", true).data()).isEqualTo(Map.of("text", "33,9"));
    assertThat(new Cell("resnet18", false).data()).isEqualTo(Map.of("text", "resnet18"));
  }

  private static boolean numeric(String text) {
    return Table.of("", List.of("", "n"), List.of(row("x", text))).headers().get(1).number();
  }

  private static List<String> row(String... cells) {
    return List.of(cells);
  }
}
