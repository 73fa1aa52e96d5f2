package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures of vectors of one source, with labels and without. */
class ClustersAndQualityTest {
  private static final int ROWS = 60;

  @TempDir static Path folder;
  private static Path labelled;
  private static Path bare;
  private static Path other;

  @BeforeAll
  static void writeVectors() {
    float[][] vectors = clouds(0);
    int[] labels = IntStream.range(0, ROWS).map(i -> i % 3).toArray();
    List<String> ids = IntStream.range(0, ROWS).mapToObj(i -> "row" + i).toList();
    labelled = folder.resolve("labelled.npy");
    bare = folder.resolve("bare.npy");
    other = folder.resolve("other.npy");
    EmbeddingFiles.write(
        new Embeddings(ids, labels, List.of("a", "b", "c"), vectors, List.of()), labelled);
    EmbeddingFiles.write(Embeddings.of(ids, vectors), bare);
    EmbeddingFiles.write(Embeddings.of(ids, clouds(1)), other);
  }

  @Test
  void clustersAreComparedWithLabels() {
    Command command = evaluate("clusters", "--embeddings", labelled, "--json");

    assertThat(command.out())
        .startsWith("3 clusters, inertia ")
        .contains("rows in each, most first: 20 20 20")
        .contains("1.0000    1.0000    1.0000    1.0000    1.0000    60       3        3");
    assertThat(Json.parse(command.lastLine()))
        .contains(
            entry("nmi", 1.0),
            entry("ami", 1.0),
            entry("ari", 1.0),
            entry("accuracy", 1.0),
            entry("k", 3),
            entry("count", ROWS),
            entry("spherical", false),
            entry("sizes", List.of(20, 20, 20)))
        .containsKeys("inertia", "iterations", "converged", "restarts", "seed", "dimension");
  }

  @Test
  void clustersWithoutLabelsAreOnlyCounted() {
    Command command =
        evaluate("clusters", "--embeddings", bare, "--k", 4, "--spherical", "--seed", 2, "--json");

    assertThat(command.out())
        .startsWith("4 clusters, inertia ")
        .contains("there are no labels to compare with");
    assertThat(Json.parse(command.lastLine()))
        .contains(entry("k", 4), entry("spherical", true), entry("seed", 2))
        .doesNotContainKeys("nmi", "accuracy");
  }

  @Test
  void qualityNeedsNoLabels() {
    Command command = evaluate("quality", "--embeddings", bare, "--json");

    assertThat(command.out()).contains("uniformity  ", "0 is one point", "effective rank  ");
    assertThat(Json.parse(command.lastLine()))
        .contains(entry("count", ROWS), entry("duplicates", 0), entry("measure", "quality"))
        .containsKeys(
            "uniformity",
            "rankme",
            "effective_rank",
            "feature_std",
            "mean_cosine",
            "hubness",
            "antihubs",
            "near_duplicates")
        .doesNotContainKey("alignment");
  }

  @Test
  void otherViewsAddWhetherTheyAgree() {
    Command command =
        evaluate("quality", "--embeddings", bare, "--other-view", other, "--sample", 30, "--json");

    assertThat(command.out())
        .contains("own view nearest  ")
        .contains("are of 30 of 60 rows, drawn at random");
    Map<String, Object> line = Json.parse(command.lastLine());
    assertThat(line)
        .contains(entry("sampled", 30))
        .containsKeys("alignment", "own_nearest", "neighbour_overlap");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | clusters --k 3 | --model and --data must be given, or --embeddings",
        "2 | quality --data d | --model and --data must be given, or --embeddings",
        "2 | quality --model m --data d --embeddings x.npy | give either --model and --data, or"
            + " --embeddings",
        "2 | clusters --model m --split test | missing required argument(s): --data=SRC; see kindred"
            + " evaluate clusters --help",
        "2 | clusters --embeddings BARE | --k must be given, for there are no labels to compare with",
        "2 | clusters --embeddings BARE --k 1 | clusters must be >= 2, was 1",
        "1 | clusters --embeddings BARE --k 61 | clusters must be at most the number of rows, was 61"
            + " for 60; ask for fewer or add rows",
        "2 | quality --embeddings BARE --sample 1 | sample must be >= 2, was 1",
      })
  void whatDoesNotFitIsToldInOneLine(int code, String arguments, String message) {
    String line = "evaluate " + arguments.replace("BARE", bare.toString());

    Command refused = Command.run((Object[]) line.split(" "));

    assertThat(refused.err()).isEqualTo("kindred: " + message + System.lineSeparator());
    assertThat(refused.exitCode()).isEqualTo(code);
  }

  private static Command evaluate(Object... arguments) {
    return Command.run(Stream.concat(Stream.of("evaluate"), Arrays.stream(arguments)).toArray())
        .succeeded();
  }

  /** Three clouds that lie apart, in turn; another seed is another view of them. */
  private static float[][] clouds(long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[ROWS][4];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < 4; j++) {
        vectors[i][j] = (float) (random.nextGaussian() + (j == i % 3 ? 20 : 0));
      }
    }
    return vectors;
  }
}
