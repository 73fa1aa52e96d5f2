package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures of vectors that were made elsewhere. */
class EvaluationCommandsTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");

  @TempDir static Path folder;
  private static Path train;
  private static Path test;

  @BeforeAll
  static void write() {
    train = write("train", clouds("train", 120, 0));
    test = write("test", clouds("test", 60, 1));
  }

  @Test
  void nearestNeighboursNameTheProtocol() {
    Command command = evaluate("knn", "--protocol", "dino", "--json");

    assertThat(command.out()).contains("protocol dino: 20 neighbours, temperature 0.07");
    assertThat(Json.parse(command.lastLine()))
        .containsEntry("protocol", "dino")
        .containsEntry("k", 20)
        .containsEntry("count", 60)
        .containsEntry("train_count", 120)
        .containsEntry("warnings", List.of())
        .containsKeys("accuracy", "accuracy_interval", "top5_accuracy", "macro_f1", "confusion");
  }

  @Test
  void aProtocolThatAsksForMoreThanThereIsSaysSo() {
    assertThat(evaluate("knn").out())
        .contains("protocol lightly, changed: 120 neighbours, temperature 0.1");

    Command refused = run("knn", "-k", 121);
    assertThat(refused.err().strip())
        .isEqualTo("kindred: k must be at most the 120 training rows, was 121");
    assertThat(refused.exitCode()).isEqualTo(2);
  }

  @Test
  void theStrengthIsChosenByValidation() {
    Command command = evaluate("linear", "--json");

    assertThat(command.out()).containsPattern("l2 [0-9.]+, chosen by accuracy [01]\\.[0-9]{4} on");
    Map<String, Object> line = Json.parse(command.lastLine());
    assertThat(line).containsKeys("l2", "validation_accuracy", "macro_f1");
    assertThat(line.get("accuracy"))
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isGreaterThan(0.8);
    assertThat(Json.parse(evaluate("linear", "--l2", 3, "--json").lastLine()))
        .containsEntry("l2", 3.0);
  }

  @Test
  void fewShotsAreRepeated() {
    Command command = evaluate("few-shot", "--shots", "1,8", "--repeats", 4, "--json");

    assertThat(command.out()).contains("1 row of each class", "8 rows of each class");
    assertThat(Json.parse(command.lastLine()).get("results"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("1 row of each class", "8 rows of each class")
        .extractingByKey("8 rows of each class", InstanceOfAssertFactories.MAP)
        .containsEntry("repeats", 4)
        .containsEntry("train_count", 48)
        .containsKeys("accuracy", "accuracy_interval", "accuracy_deviation");
    assertThat(run("few-shot", "--shots", 1, "--labels", 0.1).err().strip())
        .isEqualTo("kindred: give --shots or --labels, not both");
    assertThat(run("few-shot", "--shots", 500).err().strip())
        .startsWith(
            "kindred: training rows: every class must have 500 rows to draw from, but a has");
  }

  @Test
  void overlappingSetsAreSaidToOverlap() {
    Command command =
        Command.run("evaluate", "knn", "--train-embeddings", train, "--test-embeddings", train)
            .succeeded();

    assertThat(command.out()).contains("warning: 120 of 120 test rows equal a training row");
  }

  @Test
  void aTaskNeedsAnEncoderOfImages() {
    Command refused = Command.run("evaluate", "transfer", "--model", folder, "--task", "mnist:x");

    assertThat(refused.err()).startsWith("kindred: " + folder).hasLineCount(1);
    assertThat(refused.exitCode()).isEqualTo(1);
  }

  private static Command evaluate(String measure, Object... options) {
    return run(measure, options).succeeded();
  }

  private static Command run(String measure, Object... options) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("evaluate", measure, "--train-embeddings", train, "--test-embeddings", test));
    arguments.addAll(List.of(options));
    return Command.run(arguments.toArray());
  }

  private static Path write(String name, Embeddings embeddings) {
    Path file = folder.resolve(name + ".npy");
    EmbeddingFiles.write(embeddings, file);
    return file;
  }

  /** Six classes, each around its own axis. */
  private static Embeddings clouds(String name, int count, long seed) {
    Random random = new Random(seed);
    List<String> ids = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    float[][] vectors = new float[count][8];
    for (int i = 0; i < count; i++) {
      ids.add(name + i);
      classes.add(NAMES.get(i % NAMES.size()));
      for (int j = 0; j < vectors[i].length; j++) {
        vectors[i][j] = (float) random.nextGaussian() + (j == i % NAMES.size() ? 5 : 0);
      }
    }
    return Embeddings.labelled(ids, classes, vectors);
  }
}
