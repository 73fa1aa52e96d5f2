package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.text.data.GeneratedParaphrases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that are longer than an encoder takes, and files that are no texts. */
class LongAndBadTextTest {
  private static final List<String> COMMANDS =
      List.of(
          "pretrain text --batch-size 20 --dimension 8 --data DATA --out OUT/run",
          "embed --model MODEL --data DATA --out OUT/vectors.npy",
          "search --model MODEL --data DATA --query bike",
          "tokenizer train --vocabulary 300 --data DATA --out OUT/tokenizer.json");

  @TempDir private static Path folder;
  private static Path model;
  private static Path sentences;

  @TempDir private Path out;

  @BeforeAll
  static void train() throws IOException {
    List<String> lines = new ArrayList<>();
    GeneratedParaphrases examples = GeneratedParaphrases.of(30, 1);
    for (int i = 0; i < examples.size(); i++) {
      lines.addAll(examples.get(i).parts());
    }
    sentences = Files.write(folder.resolve("sentences.txt"), lines);
    model = folder.resolve("model");
    Command.run(
            "pretrain",
            "text",
            "--data",
            sentences,
            "--batch-size",
            20,
            "--dimension",
            8,
            "--long",
            "windows",
            "--out",
            model)
        .succeeded();
  }

  @Test
  void longTextsAreReadAsTheEncoderWasSavedToOrAsTold() throws IOException {
    Path data = out.resolve("long.txt");
    Files.write(data, List.of("a short one", "the doctor hid a boat ".repeat(200)));

    assertThat(SavedEncoder.manifest(model.resolve("encoder")).input())
        .containsEntry("longTexts", "windows");
    Command stored = embed(data, "stored.npy");
    assertThat(stored.out())
        .contains("1 texts were longer than the encoder takes, and were read in windows");
    Command told = embed(data, "told.npy", "--long", "cut");
    assertThat(told.out())
        .contains(
            "1 texts were longer than the encoder takes, and were cut; --long windows reads all");
    float[][] windows = EmbeddingFiles.read(out.resolve("stored.npy")).vectors();
    float[][] cut = EmbeddingFiles.read(out.resolve("told.npy")).vectors();
    assertThat(windows[0]).containsExactly(cut[0], within(1e-6f));
    assertThat(windows[1]).isNotEqualTo(cut[1]);
    assertThat(embed(sentences, "short.npy").out()).doesNotContain("longer");
  }

  @Test
  void aWayWithLongTextsThatIsNoneIsRefused() {
    Command refused =
        Command.run(
            "embed", "--model", model, "--data", sentences, "--long", "all", "--out", "x.npy");

    assertThat(refused.err()).contains("--long", "CUT, WINDOWS", "all").hasLineCount(1);
    assertThat(refused.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latin1.txt | line 2: not UTF-8 (byte 0xE9 at offset 9); convert the file to UTF-8",
        "zeros.txt | line 1: holds a zero byte (at offset 1), so this is no text; give a text file",
        "blank.txt | holds no text; give a file with one example a line",
        "none.txt | does not exist; check the path",
        "endless.txt | line 1: longer than 1,048,576 bytes; put one sentence a line, or documents as"
            + " .txt files into a folder",
        "half.txt.gz | cannot be unpacked, for it is cut off or damaged (Unexpected end of ZLIB"
            + " input stream); download or pack it again",
        "start.txt | cannot be unpacked, for it is cut off or damaged; download or pack it again",
      })
  void aFileThatIsNoTextIsNamedInOneLineAndNothingIsLeft(String name, String message)
      throws IOException {
    Path file = write(name);
    for (String command : COMMANDS) {
      Path into = Files.createDirectories(out.resolve("into"));
      Command refused =
          Command.run(
              (Object[])
                  command
                      .replace("MODEL", model.toString())
                      .replace("DATA", file.toString())
                      .replace("OUT", into.toString())
                      .split(" "));

      assertThat(refused.err().strip()).isEqualTo("kindred: " + file + ": " + message);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(into).isEmptyDirectory();
    }
  }

  @Test
  void packedOrNotIsTheFilesMatterAndNotItsNames() throws IOException {
    Path packed = Files.write(out.resolve("packed.txt"), packed(Files.readAllBytes(sentences)));
    Path plain = Files.copy(sentences, out.resolve("plain.txt.gz"));

    embed(packed, "packed.npy");
    embed(plain, "plain.npy");

    assertThat(EmbeddingFiles.read(out.resolve("packed.npy")).vectors())
        .isDeepEqualTo(EmbeddingFiles.read(out.resolve("plain.npy")).vectors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | gold scores must be at least 2 to be correlated, had 1; give more pairs",
        "3 3 | gold scores must vary to be correlated, but all 2 are 3.0; give pairs that differ",
        "3 high | line 3: score must be a finite number, is \"high\"; mend the line",
      })
  void pairsThatCannotBeComparedNameTheirFile(String scores, String message) throws IOException {
    List<String> lines = new ArrayList<>(List.of("score\tsentence1\tsentence2"));
    for (String score : scores.split(" ")) {
      lines.add(score + "\ta bike " + lines.size() + "\ta boat");
    }
    Path pairs = Files.write(out.resolve("pairs.tsv"), lines);

    Command refused = Command.run("evaluate", "sts", "--model", model, "--test", pairs);

    assertThat(refused.err().strip()).isEqualTo("kindred: " + pairs + ": " + message);
    assertThat(refused.exitCode()).isEqualTo(1);
  }

  @Test
  void tooSmallAVocabularyNamesTheOption() {
    Command refused =
        Command.run(
            "tokenizer",
            "train",
            "--data",
            sentences,
            "--vocabulary",
            5,
            "--out",
            out.resolve("t.json"));

    assertThat(refused.err())
        .startsWith("kindred: --vocabulary 5 with word-piece: size must be >= ")
        .hasLineCount(1);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void aFileIsNoFolderOfABert() {
    Command refused =
        Command.run(
            "pretrain",
            "text",
            "--data",
            sentences,
            "--init",
            sentences,
            "--out",
            out.resolve("run"));

    assertThat(refused.err().strip())
        .isEqualTo(
            "kindred: "
                + sentences
                + ": must be the folder of a BERT, is a file; give the folder that it is in");
    assertThat(refused.exitCode()).isEqualTo(1);
  }

  private Command embed(Path data, String name, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("embed", "--model", model, "--data", data, "--out", out.resolve(name)));
    Collections.addAll(arguments, more);
    return Command.run(arguments.toArray()).succeeded();
  }

  private Path write(String name) throws IOException {
    Path file = out.resolve(name);
    byte[] packed = packed("a sentence\n".repeat(100).getBytes(StandardCharsets.UTF_8));
    byte[] bytes =
        switch (name) {
          case "latin1.txt" -> "plain\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
          case "zeros.txt" -> new byte[] {'a', 0, 1, 2};
          case "blank.txt" -> "\n  \n\t\n".getBytes(StandardCharsets.UTF_8);
          case "endless.txt" -> "word ".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);
          case "half.txt.gz" -> Arrays.copyOf(packed, packed.length / 2);
          case "start.txt" -> Arrays.copyOf(packed, 5);
          default -> new byte[0];
        };
    return bytes.length == 0 ? file : Files.write(file, bytes);
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
