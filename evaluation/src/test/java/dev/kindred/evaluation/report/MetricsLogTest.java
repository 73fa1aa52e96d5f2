package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.evaluation.report.MetricLine.Kind;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.RunWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  private static final String STEP =
      "{\"type\":\"step\",\"step\":120,\"epoch\":1,\"loss\":5.31,\"learning_rate\":0.12}\n";
  private static final String EPOCH =
      "{\"type\":\"epoch\",\"step\":195,\"epoch\":1,\"loss\":5.4,\"knn_accuracy\":0.41}\n";

  @TempDir Path folder;

  @Test
  void readsStepsAndEpochsInTheirOrder() throws IOException {
    assertThat(read(STEP + EPOCH))
        .containsExactly(
            new MetricLine(Kind.STEP, 120, 1, Map.of("loss", 5.31, "learning_rate", 0.12)),
            new MetricLine(Kind.EPOCH, 195, 1, Map.of("loss", 5.4, "knn_accuracy", 0.41)));
  }

  @Test
  void keepsTheOrderOfTheMetrics() throws IOException {
    assertThat(read(STEP).get(0).values().keySet()).containsExactly("loss", "learning_rate");
  }

  @Test
  void toleratesATornLastLine() throws IOException {
    assertThat(read(STEP + EPOCH.substring(0, 30))).hasSize(1);
    assertThat(read(STEP.substring(0, 30))).isEmpty();
  }

  @Test
  void toleratesATornLineThatAResumedRunWroteOnAfter() throws IOException {
    assertThat(read(STEP + STEP.substring(0, 20) + "\n" + EPOCH)).hasSize(2);
  }

  @Test
  void toleratesBytesThatAreNoText() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    Files.writeString(file, STEP);
    Files.write(file, new byte[] {'{', (byte) 0xc3}, java.nio.file.StandardOpenOption.APPEND);
    assertThat(MetricsLog.read(file)).hasSize(1);
  }

  @Test
  void readsValuesThatAreNotFinite() throws IOException {
    String line =
        "{\"type\":\"step\",\"step\":1,\"a\":\"NaN\",\"b\":\"Infinity\",\"c\":\"-Infinity\"}";
    assertThat(read(line).get(0).values())
        .isEqualTo(
            Map.of("a", Double.NaN, "b", Double.POSITIVE_INFINITY, "c", Double.NEGATIVE_INFINITY));
  }

  @Test
  void passesOverWhatIsNoMetric() throws IOException {
    String line =
        "{\"type\":\"step\",\"step\":1,\"note\":\"warm\",\"on\":true,\"of\":null,\"in\":[1],\"loss\":2}";
    assertThat(read(line).get(0).values()).isEqualTo(Map.of("loss", 2.0));
    assertThat(read("{\"type\":\"checkpoint\",\"step\":1}\n" + STEP)).hasSize(1);
  }

  @Test
  void readsWhatTheRunWarnedOf() throws IOException {
    String warning = "{\"type\":\"warning\",\"step\":30,\"message\":\"rank 1\"}\n";
    assertThat(read(STEP + warning + EPOCH)).hasSize(2);
    assertThat(MetricsLog.warnings(folder.resolve("metrics.jsonl")))
        .containsExactly(new RunWarning(30, "rank 1"));
  }

  @Test
  void refusesAFileThatIsNoLog() {
    assertThatThrownBy(() -> read("one\ntwo\n"))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("metrics.jsonl: must hold one JSON object a line");
  }

  @Test
  void namesAFileThatIsMissing() {
    assertThatThrownBy(() -> MetricsLog.read(folder.resolve("none.jsonl")))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("none.jsonl");
  }

  @Test
  void takesAnEmptyFileForARunThatHasNotBegun() throws IOException {
    assertThat(read("")).isEmpty();
  }

  private List<MetricLine> read(String text) throws IOException {
    return MetricsLog.read(Files.writeString(folder.resolve("metrics.jsonl"), text));
  }
}
