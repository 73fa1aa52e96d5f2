package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Json;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.GeneratedParaphrases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From sentences to vectors, as a user goes. */
class TextCommandsTest {
  @TempDir static Path folder;
  private static Path sentences;
  private static Path pairs;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> table = new ArrayList<>(List.of("score\tsentence1\tsentence2"));
    GeneratedParaphrases examples = GeneratedParaphrases.of(60, 1);
    for (int i = 0; i < examples.size(); i++) {
      TextExample example = examples.get(i);
      lines.addAll(example.parts());
      table.add("5\t" + String.join("\t", example.parts()));
      String other = examples.get((i + 1) % examples.size()).parts().get(0);
      table.add("0\t" + example.parts().get(0) + "\t" + other);
    }
    sentences = Files.write(folder.resolve("sentences.txt"), lines);
    pairs = Files.write(folder.resolve("pairs.tsv"), table);
    run = folder.resolve("run");
    pretrain(run, "--data", sentences).succeeded();
  }

  @Test
  void aBagOfVectorsIsTrainedAndFindsASentenceByItself() {
    Command found =
        Command.run("search", "--model", run, "--data", sentences, "--query", line(7), "-k", 1)
            .succeeded();

    assertThat(found.lastLine()).contains("1.0000").endsWith("8  " + line(7));
  }

  @Test
  void embeddingsAreOneRowALineInItsOrder() {
    Path out = folder.resolve("sentences.npy");

    Command embedded =
        Command.run("embed", "--model", run, "--data", sentences, "--out", out).succeeded();

    Embeddings vectors = EmbeddingFiles.read(out);
    assertThat(vectors.size()).isEqualTo(120);
    assertThat(vectors.dimension()).isEqualTo(32);
    assertThat(vectors.ids()).startsWith("1", "2").endsWith("120");
    assertThat(embedded.out()).startsWith("120 texts, 32 numbers each");
  }

  @Test
  void paraphrasesAreNearerThanOtherSentences() {
    Path trained = folder.resolve("paraphrases");
    pretrain(trained, "--data", "paraphrases:800", "--epochs", 3, "--lr", 0.01).succeeded();

    Command measured =
        Command.run("evaluate", "sts", "--model", trained, "--test", pairs, "--json").succeeded();

    assertThat(Json.parse(measured.lastLine()).get("average"))
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isGreaterThan(0.5);
    assertThat(measured.out()).contains("average of 1 (spearman, all)");
  }

  @Test
  void aRunGoesOnWhereItWasAndSaysWhenItIsDone() {
    Command again = Command.run("resume", run).succeeded();

    assertThat(again.out()).contains("finished already");
  }

  @Test
  void aTransformerLearnsFromPairsWithATokenizerOfTheCorpus() {
    Path tokenizer = folder.resolve("tokenizer.json");
    Command made =
        Command.run(
                "tokenizer", "train", "--data", sentences, "--vocabulary", 200, "--out", tokenizer)
            .succeeded();
    assertThat(made.lastLine()).startsWith("200 pieces of 120 texts");
    Path out = folder.resolve("transformer");

    Command trained =
        pretrain(
                out,
                "--data",
                pairs,
                "--column",
                "sentence1,sentence2",
                "--tokenizer",
                tokenizer,
                "--encoder",
                "transformer",
                "--depth",
                1,
                "--heads",
                2,
                "--sts",
                pairs)
            .succeeded();

    assertThat(trained.out()).contains("spearman");
    Command found =
        Command.run("search", "--model", out, "--data", sentences, "--query", "a kid", "-k", 2)
            .succeeded();
    assertThat(found.out().lines()).hasSize(2);
  }

  @Test
  void aDemoFindsByMeaningWhatWordsDoNot() {
    Command shown =
        Command.run("demo", "text", "--quick", "--out", folder.resolve("demo")).succeeded();

    assertThat(share(shown, "the encoder finds"))
        .isGreaterThan(2 * share(shown, "a bag of words finds"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "--encoder stat | unknown text encoder \"stat\"; did you mean static? known: static,"
            + " transformer",
        "--depth 2 | --depth is for --encoder transformer, not static; leave it out",
        "--encoder transformer --fixed 3 | --fixed, --share and --repeats are for --encoder static, not"
            + " transformer; leave them out",
        "--views spam | unknown views \"spam\"; did you mean span? known: same, deletion, span,"
            + " repetition, shuffle, mask, surroundings",
        "--views mask | --views mask needs a tokenizer with a mask piece; use word-piece or"
            + " byte-pairs",
        "--views deletion --rate 2 | rate must be in [0, 1], was 2.0",
        "--fixed 32 | fixed must be in [0, 32), was 32",
      })
  void anOptionThatDoesNotFitIsToldInOneLine(String options, String message) {
    List<Object> arguments = new ArrayList<>(List.of("--data", sentences));
    arguments.addAll(List.of(options.split(" ")));

    Command refused = pretrain(folder.resolve("never"), arguments.toArray());

    assertThat(refused.err().strip()).isEqualTo("kindred: " + message);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void anImageEncodersOptionsAreRefusedForTexts() {
    Command refused =
        Command.run(
            "search", "--model", run, "--data", sentences, "--split", "test", "--query", "a");

    assertThat(refused.err().strip())
        .isEqualTo("kindred: --split is for images, but this is about texts; leave it out");
  }

  private static Command pretrain(Path out, Object... options) {
    return Command.run(
        Stream.concat(
                Stream.of("pretrain", "text", "--out", out, "--dimension", 32, "--batch-size", 20),
                Stream.of(options))
            .toArray());
  }

  private static String line(int index) {
    try {
      return Files.readAllLines(sentences).get(index);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double share(Command shown, String who) {
    return shown
        .out()
        .lines()
        .filter(line -> line.strip().startsWith(who))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*?([0-9.]+) %.*", "$1")))
        .findFirst()
        .orElseThrow();
  }
}
