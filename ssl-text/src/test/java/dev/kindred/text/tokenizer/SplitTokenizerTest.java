package dev.kindred.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTokenizerTest {
  /** Words with their hyphens and apostrophes, plurals without their s. */
  private static final WordSplitter STEMS =
      text ->
          Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z'-]+"))
              .map(word -> word.replaceFirst("s$", ""))
              .filter(word -> !word.isEmpty())
              .toList();

  private static final List<String> CORPUS =
      List.of("well-known cats don't run", "a cat is a cat", "dogs run", "well-known dogs");

  private static final WordPiece PIECES =
      TokenizerTrainer.of(300)
          .wordPiece(CORPUS.stream().map(text -> String.join(" ", STEMS.words(text))), true);

  @TempDir private Path folder;

  private final SplitTokenizer tokenizer = new SplitTokenizer(PIECES, STEMS, "stems");

  @Test
  void formsOfAWordHaveItsPieces() {
    assertThat(tokenizer.encode("Cats run.")).isEqualTo(tokenizer.encode("cat RUN"));
    assertThat(PIECES.encode("Cats run.")).isNotEqualTo(PIECES.encode("cat RUN"));
  }

  @Test
  void piecesAreThoseOfTheWordsBetweenSpaces() {
    assertThat(tokenizer.encode("Dogs don't run").ids())
        .containsExactly(PIECES.encode("dog don't run").ids());
    BytePairs bytes = TokenizerTrainer.of(300).bytePairs(CORPUS.stream(), false);
    assertThat(new SplitTokenizer(bytes, STEMS, "stems").encode("Dogs don't run").ids())
        .containsExactly(bytes.encode("dog don't run").ids());
  }

  /** WordPiece would count three words in don't. */
  @Test
  void wordsAreTheSplitters() {
    assertThat(Arrays.stream(tokenizer.encode("cats don't run").words()).distinct())
        .containsExactly(-1, 0, 1, 2);
    assertThat(Arrays.stream(PIECES.encode("cats don't run").words()).max()).hasValue(4);
  }

  @Test
  void textWithoutAWordIsTheSpecialTokensAlone() {
    assertThat(tokenizer.encode("  ... ")).isEqualTo(PIECES.encode(""));
    assertThat(tokenizer.encode("")).isEqualTo(PIECES.encode(""));
    LetterGrams grams = LetterGrams.train(CORPUS.iterator(), 50, 3, 4);
    assertThat(new SplitTokenizer(grams, STEMS, "stems").encode("").length()).isZero();
  }

  @Test
  void itIsReadAgainWithItsSplitter() {
    for (Tokenizer pieces : List.of(PIECES, LetterGrams.train(CORPUS.iterator(), 50, 3, 4))) {
      SplitTokenizer written = new SplitTokenizer(pieces, STEMS, "stems");
      written.write(folder.resolve(Tokenizer.FILE));

      SplitTokenizer read = Tokenizers.read(folder, STEMS);

      assertThat(CORPUS).allMatch(text -> read.encode(text).equals(written.encode(text)));
      assertThat(read.size()).isEqualTo(pieces.size());
      assertThat(read.padding()).isEqualTo(pieces.padding());
      assertThat(read.mask()).isEqualTo(pieces.mask());
      assertThat(read.piece(7)).isEqualTo(pieces.piece(7));
    }
  }

  @Test
  void withoutItsSplitterTheFileSaysWhichItNeeds() {
    Path file = folder.resolve("mine.json");
    tokenizer.write(file);

    refused(
        () -> Tokenizers.read(file),
        file
            + ": its words are cut by a program, \"stems\", which no file holds; open it from Java,"
            + " with that WordSplitter: SentenceEmbedder.load(folder, splitter)");
  }

  @Test
  void anotherSplitterIsRefused() {
    Path file = folder.resolve("mine.json");
    tokenizer.write(file);

    refused(
        () -> Tokenizers.read(file, text -> List.of(text.split(" "))),
        file
            + ": its words were cut by \"stems\" into [she, doesn't, think, the, mice',"
            + " well-known, u, citie, were, day, away], but this splitter cuts them into [She,"
            + " doesn't, think, the, mice's, well-known, U.S., cities, were, 2, days, away.]; give"
            + " that one");
  }

  @Test
  void aTokenizerThatNeedsNoneTakesNone() {
    Path file = folder.resolve("plain.json");
    PIECES.write(file);

    refused(
        () -> Tokenizers.read(file, STEMS),
        file + ": cuts its words itself, and takes no splitter; open it without one");
  }

  @Test
  void aFileThatIsDamagedIsNamed() throws IOException {
    Path file = folder.resolve("mine.json");
    tokenizer.write(file);
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("\"splitter\" : \"stems\"", "\"splitter\" : null"));
    refused(
        () -> Tokenizers.read(file, STEMS),
        file
            + ": splitter, text and words must be there, one is not; get the file anew from where"
            + " it came");
    Files.writeString(file, whole);
    Files.delete(folder.resolve("mine.pieces.json"));
    refused(
        () -> Tokenizers.read(file, STEMS),
        folder.resolve("mine.pieces.json") + ": does not exist; check the path");
  }

  @Test
  void itsPartsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SplitTokenizer(tokenizer, STEMS, "twice"))
        .withMessage("pieces must be without a splitter of their own, was twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SplitTokenizer(PIECES, STEMS, " "))
        .withMessage("name must be the splitter's, was blank");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String message) {
    assertThatExceptionOfType(KindredException.class).isThrownBy(reading).withMessage(message);
  }
}
