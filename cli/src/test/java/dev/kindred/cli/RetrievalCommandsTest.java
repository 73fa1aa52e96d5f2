package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Retrieval and indices of vectors that were written before. */
class RetrievalCommandsTest {
  private static final int ROWS = 40;

  @TempDir static Path folder;
  private static Path bank;
  private static Path queries;

  @BeforeAll
  static void writeVectors() {
    bank = write("bank.npy", "bank", 0);
    queries = write("queries.npy", "query", 0.2);
    EmbeddingFiles.write(
        Embeddings.of(List.of("wide"), new float[][] {{1, 0, 0}}), folder.resolve("wide.npy"));
    EmbeddingFiles.write(
        new Embeddings(
            List.of("a", "b", "c"),
            new int[] {0, 0, 1},
            List.of("left", "up"),
            new float[][] {{1, 0}, {0, 1}, {0, 0}},
            List.of()),
        folder.resolve("single.npy"));
  }

  @Test
  void rowsOfTheSameClassAreLookedForInABank() {
    Command found =
        evaluate("--train-embeddings", bank, "--test-embeddings", queries, "-k", "1,20", "--json");

    // Two classes of 20 on opposite sides: all 20 are nearer than any other.
    assertThat(found.out())
        .startsWith("recall@1   recall@20  precision@1  precision@20  r_precision  map")
        .contains("queries  corpus");
    assertThat(Json.parse(found.lastLine()))
        .contains(
            entry("recall@1", 1.0),
            entry("precision@20", 1.0),
            entry("r_precision", 1.0),
            entry("map", 1.0),
            entry("map@r", 1.0),
            entry("mrr", 1.0),
            entry("ndcg@20", 1.0),
            entry("count", ROWS),
            entry("corpus_count", ROWS),
            entry("measure", "retrieval"),
            entry("dimension", 2))
        .doesNotContainKey("approximate");
  }

  @Test
  void aSetIsSearchedByItselfWithoutTheQuery() {
    Map<String, Object> found =
        Json.parse(evaluate("--within", bank, "-k", 20, "--json").lastLine());

    // Of the 20 nearest 19 can be right.
    assertThat(found).contains(entry("precision@20", 19 / 20.0), entry("r_precision", 1.0));
  }

  @Test
  void queriesWithoutOthersOfTheirClassAreCountedIfAllowed() {
    Command found =
        evaluate("--within", folder.resolve("single.npy"), "-k", 1, "--allow-none", "--json");

    assertThat(found.out())
        .contains("1 queries have no right row, and are left out; the first is c")
        .contains("1 vectors are zero, and their cosine counts as 0; the first is c");
    assertThat(Json.parse(found.lastLine()))
        .contains(entry("count", 2), entry("without_right", List.of("c")));
  }

  @Test
  void hnswIsComparedWithExactSearch() {
    Command found =
        evaluate(
            "--train-embeddings",
            bank,
            "--test-embeddings",
            folder.resolve("single.npy"),
            "-k",
            5,
            "--allow-none",
            "--approximate",
            "--json");

    assertThat(found.out())
        .contains("HNSW finds 100.00 % of the 5 nearest of 40 rows (ef 100)", "batch  HNSW");
    assertThat(Json.parse(found.lastLine()).get("approximate"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("recall", 1.0)
        .containsKeys("speedup", "exact_from", "queries_per_second");
  }

  @Test
  void anIndexIsMadeAddedToAndSearched() {
    Path index = folder.resolve("index");
    assertThat(Command.run("index", "--embeddings", bank, "--out", index).succeeded().out())
        .startsWith("40 vectors, 2 numbers each, 40 of them added in ");
    assertThat(
            Command.run("index", "--embeddings", queries, "--out", index, "--add")
                .succeeded()
                .out())
        .startsWith("80 vectors, 2 numbers each, 40 of them added in ");

    Command found = Command.run("search", "--index", index, "--row", "bank 3", "-k", 2).succeeded();

    assertThat(found.out().lines())
        .hasSize(2)
        .allMatch(line -> line.matches(" +[12]  (0\\.99|1\\.00)\\d\\d  (bank|query) \\d+"))
        .noneMatch(line -> line.endsWith("bank 3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "2 | evaluate retrieval | give one of --data with --model, --within, --train and --test"
            + " with --model, and --train-embeddings with --test-embeddings",
        "2 | evaluate retrieval --within D/bank.npy --test x | give one of --data with --model,"
            + " --within, --train and --test with --model, and --train-embeddings with"
            + " --test-embeddings",
        "2 | evaluate retrieval --data x.tsv | --model must be given with --data: a text encoder",
        "2 | evaluate retrieval --data x.tsv --model m --label y | --label is for classes, not for"
            + " --data; leave it out",
        "2 | evaluate retrieval --data x.tsv --model m --approximate | -k, --allow-none and"
            + " --approximate are for classes, not for --data; leave them out",
        "2 | evaluate retrieval --within photos | --model must be given with --within photos; only"
            + " a file of vectors, X.npy, needs none",
        "2 | evaluate retrieval --within D/bank.npy --model m | --within D/bank.npy holds vectors"
            + " already, so --model and what belongs to it are of no use; leave them out",
        "2 | evaluate retrieval --within D/bank.npy -k 40 | recall@40 must look at no more rows"
            + " than a query is compared with, which are 39; choose smaller depths",
        "1 | evaluate retrieval --within D/single.npy -k 1 | 1 of 3 queries have no right row in"
            + " the bank, the first is c; add one, or allow queries without (they are then left out"
            + " and counted)",
        "1 | evaluate retrieval --train-embeddings D/bank.npy --test-embeddings D/wide.npy | bank"
            + " and queries must be equally wide, were 2 and 3; embed both with one model",
        "2 | index --out D/new | --model and --data must be given, or --embeddings",
        "2 | index --out D/new --embeddings x.npy --model m | give either --model and --data, or"
            + " --embeddings",
        "2 | index --out D/new --add --m 4 --embeddings x.npy | --m and --ef-construction are"
            + " settled when an index is made, not with --add; leave them out",
        "2 | index --out D/new --m 1 --embeddings x.npy | m must be in [2, 512], was 1",
        "1 | index --out D --embeddings D/bank.npy | D: a new index needs a new or empty folder,"
            + " but this holds something; choose another, or add to the index that is there",
        "1 | index --out D/none --add --embeddings D/bank.npy | D/none: is no index of vectors"
            + " (there is no such folder); make one first, or check the path",
        "2 | search --query q | give --model, --query and --data; or --model, --query and --index;"
            + " or --index and --row",
        "2 | search --index D --row x --query q | give --model, --query and --data; or --model,"
            + " --query and --index; or --index and --row",
        "1 | search --index D --row x | D: is no index of vectors (no commit is in it); make one"
            + " first, or check the path",
      })
  void whatDoesNotFitIsToldInOneLine(int code, String arguments, String message) {
    Command refused = Command.run((Object[]) named(arguments).split(" "));

    assertThat(refused.err().strip()).isEqualTo("kindred: " + named(message));
    assertThat(refused.exitCode()).isEqualTo(code);
    assertThat(folder.resolve("new")).doesNotExist();
  }

  private static String named(String text) {
    return text.replaceAll("\\bD\\b", folder.toString());
  }

  private static Command evaluate(Object... options) {
    Object[] all = new Object[options.length + 2];
    all[0] = "evaluate";
    all[1] = "retrieval";
    System.arraycopy(options, 0, all, 2, options.length);
    return Command.run(all).succeeded();
  }

  /** Rows of two classes, around two opposite directions. */
  private static Path write(String name, String role, double turn) {
    Path file = folder.resolve(name);
    EmbeddingFiles.write(
        new Embeddings(
            IntStream.range(0, ROWS).mapToObj(i -> role + " " + i).toList(),
            IntStream.range(0, ROWS).map(i -> i % 2).toArray(),
            List.of("left", "right"),
            IntStream.range(0, ROWS)
                .mapToObj(i -> at(i % 2 * Math.PI + (i + turn) / ROWS))
                .toArray(float[][]::new),
            List.of()),
        file);
    return file;
  }

  private static float[] at(double angle) {
    return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
  }
}
