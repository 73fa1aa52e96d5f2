package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindred.evaluation.report.MetricLine.Kind;
import dev.kindred.train.RunWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsSectionTest {
  private static final RunSummary FIRST =
      new RunSummary(
          "first",
          Map.of("lr", "0.1", "method", "simclr"),
          List.of(step(1, "loss", 5), step(2, "loss", Double.NaN), epoch(2, "knn_accuracy", 0.5)),
          List.of(new RunWarning(30, "rank 1.2")),
          Map.of("kNN accuracy", 0.61),
          List.of());
  private static final RunSummary SECOND =
      new RunSummary(
          "second",
          Map.of("lr", "0.2", "method", "simclr", "width", "8"),
          List.of(epoch(9, "loss", 4)),
          List.of(),
          Map.of("kNN accuracy", Double.NaN),
          List.of("not finished: there is no encoder in it yet"));

  @TempDir Path folder;

  @Test
  void setsWhatDiffersBeforeWhatDoesNot() {
    List<Table> tables = section("Settings").tables();
    assertThat(tables.get(0).rows())
        .extracting(row -> row.name().text())
        .containsExactlyInAnyOrder("lr", "width");
    assertThat(cells(tables.get(0), "width")).containsExactly("—", "8");
    assertThat(tables.get(1).summary()).isEqualTo("1 settings that are the same in all");
    assertThat(cells(tables.get(1), "method")).containsExactly("simclr", "simclr");
  }

  @Test
  void givesResultsAColumnARun() {
    Table results = section("Results").tables().get(0);
    assertThat(results.headers())
        .extracting(Table.Cell::text)
        .containsExactly("measure", "first", "second");
    assertThat(cells(results, "kNN accuracy")).containsExactly("0.6100", "NaN");
  }

  @Test
  void drawsTheSameMetricOfAllInOneChart() throws IOException {
    JsonNode curves = section(json(), "Training").path("curves");
    assertThat(curves.findValuesAsText("metric")).containsExactly("loss", "knn_accuracy");
    assertThat(curves.get(0).path("series").findValuesAsText("name"))
        .containsExactly("first", "second");
    assertThat(curves.get(0).path("series").get(0).path("points").toString())
        .isEqualTo("[[1.0,5.0],[2.0,null]]");
    assertThat(curves.get(0).path("series").get(0).path("not_finite").asInt()).isEqualTo(1);
    assertThat(curves.get(0).path("series").get(1).path("points").toString())
        .as("logged by epoch only, so at the step that the epoch ended with")
        .isEqualTo("[[9.0,4.0]]");
    assertThat(curves.get(1).path("over").asText()).isEqualTo("epoch");
  }

  @Test
  void givesARunOneColourInEveryChart() {
    Section training = section("Training");
    assertThat(training.charts()).hasSize(2);
    assertThat(training.charts())
        .allSatisfy(
            chart -> assertThat(chart.json()).contains("\"compared\":[\"first\",\"second\"]"));
  }

  @Test
  void givesTheNumbersWithNullForWhatIsNone() throws IOException {
    JsonNode json = json();
    assertThat(json.path("format").asInt()).isEqualTo(1);
    assertThat(json.path("not_finite").asInt()).isEqualTo(2);
    assertThat(section(json, "Results").at("/results/kNN accuracy").toString())
        .isEqualTo("[0.61,null]");
    assertThat(section(json, "Settings").at("/differ/width").toString()).isEqualTo("[null,\"8\"]");
    assertThat(section(json, "Settings").at("/same/method").asText()).isEqualTo("simclr");
    assertThat(section(json, "What is missing").at("/runs/second").get(0).asText())
        .startsWith("not finished");
    assertThat(json.path("warnings").toString())
        .isEqualTo("[{\"run\":\"first\",\"step\":30,\"message\":\"rank 1.2\"}]");
  }

  @Test
  void saysWhoseWarningItIs() {
    assertThat(Report.builder("r").runs(List.of(FIRST, SECOND)).html())
        .contains("first: warning at step 30</b> rank 1.2");
  }

  @Test
  void makesAPageOfRunsThatHaveNothing() {
    RunSummary bare = new RunSummary("bare", Map.of(), List.of(), List.of(), Map.of(), List.of());
    assertThat(Report.builder("r").runs(List.of(bare)).html())
        .contains("No run has been measured", "Nothing is known of how", "No metrics were logged");
  }

  @Test
  void refusesTwoOfOneName() {
    assertThatThrownBy(() -> RunsSection.of(List.of(FIRST, FIRST)))
        .hasMessage("every run must have a name of its own, but two are called first");
  }

  private JsonNode json() throws IOException {
    Path file = folder.resolve("report.json");
    Report.builder("r").runs(List.of(FIRST, SECOND)).writeJson(file);
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private static JsonNode section(JsonNode json, String heading) {
    for (JsonNode section : json.path("sections")) {
      if (section.path("heading").asText().equals(heading)) {
        return section;
      }
    }
    throw new AssertionError("no section " + heading);
  }

  private static Section section(String heading) {
    return RunsSection.of(List.of(FIRST, SECOND)).stream()
        .filter(section -> section.heading().equals(heading))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> cells(Table table, String name) {
    return table.rows().stream()
        .filter(row -> row.name().text().equals(name))
        .flatMap(row -> row.cells().stream())
        .map(Table.Cell::text)
        .toList();
  }

  private static MetricLine step(long step, String metric, double value) {
    return new MetricLine(Kind.STEP, step, 1, Map.of(metric, value));
  }

  private static MetricLine epoch(long step, String metric, double value) {
    return new MetricLine(Kind.EPOCH, step, 1, Map.of(metric, value));
  }
}
