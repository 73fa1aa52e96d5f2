package dev.kindred.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTrainerTest {
  @TempDir Path folder;

  private static List<String> wordPieces(int size, int minimum, String... texts) {
    WordPiece made = new TokenizerTrainer(size, minimum).wordPiece(Stream.of(texts), true);
    return made.vocabulary().pieces().subList(WordPiece.SPECIALS.size(), made.size());
  }

  @Test
  void mergesTheMostFrequentPairUntilTheVocabularyIsFull() {
    // p+u 17, u+n 16, u+g 15; then pu+n 12; then h+u and u+g 10, of which h is older
    String text = "hug ".repeat(10) + "pug ".repeat(5) + "pun ".repeat(12) + "bun ".repeat(4);
    assertThat(wordPieces(15, 1, text))
        .containsExactly("b", "h", "p", "##g", "##n", "##u", "pu", "pun", "hu", "hug");
  }

  @Test
  void endsWhenNoPairIsFrequentEnough() {
    String text = "hug ".repeat(10) + "pug ".repeat(5);
    assertThat(wordPieces(100, 6, text)).containsExactly("h", "p", "##g", "##u", "##ug", "hug");
    assertThat(wordPieces(100, 5, text)).contains("pug");
  }

  @Test
  void equalPairsGoByTheIdsOfTheirPieces() {
    assertThat(wordPieces(14, 1, "ba ab bc ac"))
        .containsExactly("a", "b", "##a", "##b", "##c", "ab", "ac", "ba", "bc");
  }

  @Test
  void aPairOfEqualLettersIsMergedFromTheLeft() {
    assertThat(wordPieces(100, 1, "aaaaa")).containsExactly("a", "##a", "##aa", "aaa", "aaaaa");
  }

  @Test
  void onlyTheThousandMostFrequentCharactersAreLetters() {
    StringBuilder text = new StringBuilder("dog cat ");
    for (char letter = '\uA000'; letter < '\uA000' + 1_100; letter++) {
      text.append(letter).append(' ').append(letter).append(' ');
    }
    assertThat(wordPieces(2_000, 2, text.append("dog").toString()))
        .contains("d", "##o")
        .doesNotContain("c");
  }

  @Test
  void bytePairsMergeAcrossTheSpaceBeforeAWord() {
    BytePairs made = new TokenizerTrainer(264, 1).bytePairs(Stream.of("ab ab ab xab"), true);
    assertThat(made.vocabulary().pieces().subList(261, made.size()))
        .containsExactly("ab", "Ġab", "xab");
  }

  @Test
  void sameCountsGiveTheSameFileWhateverTheOrderOfTexts() throws IOException {
    List<String> texts = new ArrayList<>(Corpus.SMALL);
    Path first = written("first", texts);
    Collections.reverse(texts);
    assertThat(written("second", texts)).hasSameBinaryContentAs(first);
  }

  private Path written(String name, List<String> texts) throws IOException {
    Path file = folder.resolve(name);
    new TokenizerTrainer(300, 1).wordPiece(texts.stream(), true).write(file);
    Path pairs = folder.resolve(name + ".pairs");
    new TokenizerTrainer(400, 1).bytePairs(texts.stream(), true).write(pairs);
    return Files.writeString(file, Files.readString(file) + Files.readString(pairs));
  }

  /** The slow and obvious way: count all pairs anew for every merge. */
  @Test
  void agreesWithCountingAnew() throws IOException {
    List<String> texts = new ArrayList<>(Corpus.SMALL);
    texts.addAll(Corpus.HOSTILE);
    BytePairs made = new TokenizerTrainer(420, 1).bytePairs(texts.stream(), false);
    assertThat(made.vocabulary().pieces().subList(261, made.size()))
        .isEqualTo(Naive.pieces(texts, made.vocabulary().pieces().subList(0, 261), 420 - 261));
  }

  @Test
  void readsTheTextsOnceAndClosesThem() {
    AtomicBoolean closed = new AtomicBoolean();
    TokenizerTrainer.of(300).bytePairs(Stream.of("a").onClose(() -> closed.set(true)), true);
    assertThat(closed).isTrue();
  }

  @Test
  void veryLongWordsTeachNothing() {
    assertThat(wordPieces(100, 1, "a b " + "z".repeat(101))).containsExactly("a", "b");
  }

  @Test
  void rejectsTextsWithoutWordsAndRoomForNoLetters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wordPieces(100, 1, " ", ""))
        .withMessage("texts must hold a word, held none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wordPieces(7, 1, "abc"))
        .withMessage("size must be >= 8, the special tokens and the letters of these texts, was 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenizerTrainer.of(0))
        .withMessage("size must be >= 1, was 0");
  }
}
