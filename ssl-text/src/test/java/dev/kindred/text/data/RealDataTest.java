package dev.kindred.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kindred.data.Dataset;
import dev.kindred.text.TextExample;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reads the public sets themselves, where the folder {@code kindred.data} has them. */
class RealDataTest {
  @Test
  void sentences() {
    Path file = require("sentences").resolve("wiki300k.txt.gz");
    try (Dataset<TextExample> sentences = TextSources.open(file.toString(), Columns.none())) {
      assertThat(sentences.size()).isEqualTo(300_000);
      assertThat(sentences.id(299_999)).isEqualTo("300000");
      assertThat(sentences.get(0).parts().get(0)).startsWith("They claim that Honey ");
    }
  }

  @Test
  void triplets() {
    Path file = require("sentences").resolve("snli_devtest_triplets.tsv");
    Columns columns = Columns.of("anchor", "positive", "negative");
    try (Dataset<TextExample> triplets = TextSources.open(file.toString(), columns)) {
      assertThat(triplets.size()).isEqualTo(6458);
      assertThat(triplets.get(0).parts()).hasSize(3).endsWith("There is one person outdoors .");
    }
  }

  @Test
  void similarity() {
    Path folder = require("sts");
    assertThat(StsFile.read(folder.resolve("STS12.senteval.tsv"))).hasSize(3108);
    assertThat(StsFile.read(folder.resolve("STS13.tsv"))).hasSize(1500);
    assertThat(StsFile.read(folder.resolve("STS14.tsv"))).hasSize(3750);
    assertThat(StsFile.read(folder.resolve("STS15.senteval.tsv"))).hasSize(3000);
    List<SentencePair> dev = StsFile.read(folder.resolve("STSB.dev.tsv"));
    assertThat(dev).hasSize(1500).allMatch(pair -> pair.score() >= 0 && pair.score() <= 5);
    assertThat(dev.get(0))
        .isEqualTo(
            new SentencePair(
                "main-captions",
                5,
                "A man with a hard hat is dancing.",
                "A man wearing a hard hat is dancing."));
  }

  @Test
  void transferTasks() {
    Columns sentence = Columns.of("sentence").labelled("label");
    assertTask("MR.raw.tsv", sentence, 10_662, "0", "1");
    assertTask("CR.tsv", sentence, 3771, "0", "1"); // four of its 3775 are empty
    assertTask("SUBJ.raw.tsv", sentence, 10_000, "0", "1");
    assertTask("SST2.test.tsv", sentence, 1821, "0", "1");
    assertTask(
        "TREC.train.tsv",
        Columns.of("sentence").labelled("coarse"),
        5452,
        "ABBR",
        "DESC",
        "ENTY",
        "HUM",
        "LOC",
        "NUM");
    Columns pair = Columns.of("sentence1", "sentence2").labelled("label");
    assertTask("MRPC.test.tsv", pair, 1725, "0", "1");
  }

  private static void assertTask(String name, Columns columns, int size, String... classes) {
    Path file = require("transfer").resolve(name);
    try (Dataset<TextExample> task = TextSources.open(file.toString(), columns)) {
      assertThat(task.size()).as(name).isEqualTo(size);
      assertThat(task.classNames()).containsExactly(classes);
      assertThat(IntStream.range(0, size).map(task::label))
          .allMatch(label -> label >= 0 && label < classes.length);
      assertThat(task.get(size - 1).parts()).hasSameSizeAs(columns.texts());
    }
  }

  private static Path require(String name) {
    Path folder = Path.of(System.getProperty("kindred.data", "")).resolve(name);
    assumeThat(folder).as("needs %s below the system property kindred.data", name).isDirectory();
    return folder;
  }
}
