package dev.kindred.text.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.data.BatchPlan;
import dev.kindred.data.Dataset;
import dev.kindred.text.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistinctSentencesTest {
  @TempDir Path folder;

  @Test
  void equalSentencesAreNeverInOneBatch() throws IOException {
    Dataset<TextExample> corpus = corpus(200, 50);
    Iterator<int[]> batches = new BatchPlan(200, 20, 1).from(0, corpus::keys);
    for (int step = 0; step < 100; step++) {
      assertThat(Arrays.stream(batches.next()).mapToObj(corpus::get)).doesNotHaveDuplicates();
    }
  }

  @Test
  void aCorpusOfOneSentenceWarnsOnceAndGoesOn() throws IOException {
    Dataset<TextExample> corpus = corpus(30, 1);
    Iterator<int[]> batches = new BatchPlan(30, 10, 1).from(0, corpus::keys);
    List<String> log =
        Logged.during(BatchPlan.class, () -> IntStream.range(0, 9).forEach(step -> batches.next()));
    assertThat(log)
        .containsExactly(
            "WARN epoch 1: 27 of 30 examples are in a batch with one that says the same, which"
                + " counts as their negative there; use a smaller batch, or data with fewer"
                + " duplicates");
  }

  private Dataset<TextExample> corpus(int size, int sentences) throws IOException {
    Path file = folder.resolve("corpus.txt");
    Files.writeString(
        file,
        IntStream.range(0, size)
            .mapToObj(i -> "Sentence " + i % sentences)
            .collect(Collectors.joining("\n")));
    return TextSources.open(file.toString(), Columns.none());
  }
}
