package dev.kindred.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.BatchPlan;
import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextSentencesTest {
  @TempDir Path folder;

  @Test
  void aSentenceIsBesideTheNextOfItsDocument() throws IOException {
    write("a.txt", "One. Two.\nThree.");
    write("b.txt", "  ");
    write("c.txt", "Alone.");
    write("d/e.txt", "Four.\n\nFive.");
    write("notes.md", "Six. Seven.");
    try (NextSentences pairs = open()) {
      assertThat(IntStream.range(0, pairs.size()).mapToObj(pairs::get))
          .containsExactly(
              TextExample.of("One.", "Two."),
              TextExample.of("Two.", "Three."),
              TextExample.of("Four.", "Five."));
      assertThat(IntStream.range(0, pairs.size()).mapToObj(pairs::id))
          .containsExactly("a.txt#1", "a.txt#2", "d/e.txt#1");
      assertThat(pairs.label(2)).isEqualTo(Dataset.NO_LABEL);
      assertThat(pairs.classNames()).isEmpty();
      assertThat(pairs.description()).isEqualTo("sentences and the next of folder " + folder);
      assertThatThrownBy(() -> pairs.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void noTwoPairsOfABatchShareASentence() throws IOException {
    for (int document = 0; document < 20; document++) {
      int first = document;
      write(
          document + ".txt",
          IntStream.range(0, 6)
              .mapToObj(i -> "Sentence %d.".formatted((first + i * i) % 40))
              .collect(Collectors.joining("\n\n")));
    }
    NextSentences pairs = open();
    assertThat(pairs.size()).isEqualTo(100);
    Iterator<int[]> batches = new BatchPlan(100, 6, 1).from(0, pairs::keys);
    for (int step = 0; step < 50; step++) {
      List<String> sentences =
          Arrays.stream(batches.next())
              .mapToObj(pairs::get)
              .flatMap(pair -> pair.parts().stream().distinct())
              .toList();
      assertThat(sentences).doesNotHaveDuplicates();
    }
  }

  @Test
  void refusesFoldersInWhichNothingFollows() throws IOException {
    write("a.txt", "One.");
    write("b.txt", "Two.");
    assertThatThrownBy(this::open)
        .isInstanceOf(KindredException.class)
        .hasMessage(
            folder
                + ": none of its documents has two sentences, so that none follows another; give"
                + " longer documents, or take sentences alone");
    assertThatThrownBy(() -> NextSentences.open(folder.resolve("a.txt"), SentenceSplitter.whole()))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            folder.resolve("a.txt")
                + ": is a file where a folder of documents is needed; give the folder that holds"
                + " it");
  }

  private NextSentences open() {
    return NextSentences.open(folder, SentenceSplitter.jdk(Locale.ENGLISH));
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
