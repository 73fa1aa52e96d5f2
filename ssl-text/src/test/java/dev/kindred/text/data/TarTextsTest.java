package dev.kindred.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.data.Encoded;
import dev.kindred.data.ShardWriter;
import dev.kindred.text.TextExample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTextsTest {
  @TempDir Path folder;

  @Test
  void textsAndTheirClassesComeBack() throws IOException {
    Path table = folder.resolve("table.tsv");
    Files.writeString(table, "text\tclass\none ü\tgood\ntwo\tbad\nthree\tgood\n");
    try (Dataset<TextExample> rows =
        TextSources.open(table.toString(), Columns.of("text").labelled("class"))) {
      ShardWriter.inOrder()
          .mostExamples(2)
          .write(folder.resolve("out"), rows, TextSources.encoded(rows), () -> {});
    }

    try (Dataset<TextExample> texts =
        TextSources.open("tar:" + folder + "/out/*.tar", Columns.none())) {
      assertThat(texts.size()).isEqualTo(3);
      assertThat(texts.get(0)).isEqualTo(TextExample.of("one ü"));
      assertThat(texts.id(1)).isEqualTo("3");
      assertThat(texts.classNames()).containsExactly("bad", "good");
      assertThat(texts.label(0)).isEqualTo(1);
      assertThat(texts.label(1)).isZero();
      assertThat(texts.stretches()).containsExactly(0, 2);
      assertThat(texts.keys(0)).isEmpty();
    }
  }

  @Test
  void whatIsNoTextIsFoundWhenItIsRead() throws IOException {
    Path table = Files.writeString(folder.resolve("lines.txt"), "a\nb\nc\nd\n");
    try (Dataset<TextExample> lines = TextSources.open(table.toString(), Columns.none())) {
      List<byte[]> contents =
          List.of(
              "\uFEFF marked \n".getBytes(StandardCharsets.UTF_8),
              new byte[] {'o', 'k', (byte) 0xC3},
              " \n".getBytes(StandardCharsets.UTF_8),
              new byte[TarTexts.MAX_BYTES + 1]);
      ShardWriter.inOrder().write(folder.resolve("out"), lines, new Bytes(contents), () -> {});
    }

    try (TarTexts texts = TarTexts.open(folder + "/out")) {
      assertThat(texts.get(0)).isEqualTo(TextExample.of("marked"));
      assertThatThrownBy(() -> texts.get(1))
          .isInstanceOf(CorruptExampleException.class)
          .hasMessage("2: is no UTF-8 text behind byte 2");
      assertThatThrownBy(() -> texts.get(2)).hasMessage("3: has no text");
      assertThatThrownBy(() -> texts.get(3)).hasMessage("4: over the limit of 16,777,216 bytes");
    }
  }

  @Test
  void columnsAndPairsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextSources.open("tar:x.tar", Columns.of("text")))
        .withMessageStartingWith("tar:x.tar: shards have no columns");
    Dataset<TextExample> pairs = GeneratedParaphrases.of(4, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ShardWriter.inOrder()
                    .write(folder.resolve("out"), pairs, TextSources.encoded(pairs), () -> {}))
        .withMessageContaining("shards hold single texts, but");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private record Bytes(List<byte[]> contents) implements Encoded {
    @Override
    public String extension(int index) {
      return "txt";
    }

    @Override
    public byte[] encoded(int index) {
      return contents.get(index);
    }
  }
}
