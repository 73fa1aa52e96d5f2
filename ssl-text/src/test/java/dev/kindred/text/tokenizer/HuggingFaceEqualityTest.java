package dev.kindred.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our tokenizers give the ids and the words of Hugging Face's own library. */
class HuggingFaceEqualityTest {
  private static final TokenizerTrainer TRAINER = TokenizerTrainer.of(6_000);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"true, 10000", "false, 1000"})
  void wordPieceOnWikipedia(boolean lowerCase, int lines) throws IOException {
    List<String> learned = Corpus.wikipedia(0, 10_000);
    assertEqual(TRAINER.wordPiece(learned.stream(), lowerCase), Corpus.wikipedia(10_000, lines));
  }

  @ParameterizedTest
  @CsvSource({"true, 10000", "false, 1000"})
  void bytePairsOnWikipedia(boolean prefixSpace, int lines) throws IOException {
    List<String> learned = Corpus.wikipedia(0, 10_000);
    assertEqual(TRAINER.bytePairs(learned.stream(), prefixSpace), Corpus.wikipedia(10_000, lines));
  }

  static Stream<FramedTokenizer> small() {
    TokenizerTrainer trainer = new TokenizerTrainer(500, 1);
    Stream<String> everything = Stream.of(Corpus.SMALL, Corpus.HOSTILE).flatMap(List::stream);
    List<String> texts = everything.toList();
    WordPiece uncased = trainer.wordPiece(texts.stream(), true);
    BytePairs spaced = trainer.bytePairs(texts.stream(), true);
    return Stream.of(
        uncased,
        uncased.withoutSpecials(),
        trainer.wordPiece(texts.stream(), false),
        spaced,
        spaced.withoutSpecials(),
        trainer.bytePairs(texts.stream(), false));
  }

  @ParameterizedTest
  @MethodSource("small")
  void onHostileTexts(FramedTokenizer tokenizer) throws IOException {
    assertEqual(tokenizer, Corpus.HOSTILE);
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyNormaliserOption(boolean clean, boolean chinese, boolean strip, boolean lower)
      throws IOException {
    WordPiece base = new TokenizerTrainer(500, 1).wordPiece(Corpus.HOSTILE.stream(), false);
    assertEqual(
        new WordPiece(
            base.vocabulary(),
            base.added(),
            base.frame(),
            new BertWords(clean, chinese, strip, lower),
            new WordPiece.Spelling("[UNK]", "##", 7)),
        Corpus.HOSTILE);
  }

  static Stream<Object[]> options() {
    return IntStream.range(0, 16)
        .mapToObj(i -> new Object[] {(i & 1) > 0, (i & 2) > 0, (i & 4) > 0, (i & 8) > 0});
  }

  @Test
  void addedTokensTakeTheSpaceBesideThem() throws IOException {
    BytePairs base = new TokenizerTrainer(300, 1).bytePairs(Corpus.SMALL.stream(), false);
    int mask = base.mask().orElseThrow();
    for (boolean normalized : new boolean[] {true, false}) {
      assertEqual(
          new BytePairs(
              base.vocabulary(),
              new AddedTokens(
                  List.of(
                      new AddedToken("<mask>", mask, true, false, normalized, true),
                      new AddedToken("<s>", 0, false, true, false, true),
                      new AddedToken("</s>", 2, true, true, true, true))),
              base.frame(),
              new Merges(base.vocabulary(), List.of()),
              false),
          List.of("a <mask> b", "  <mask>  <s>  </s>  <mask>", "<mask><mask> <s><s> x", " </s>"));
    }
  }

  /** Letters of all common scripts one by one; both libraries' Unicode has them. */
  @Test
  void everyCommonCharacter() throws IOException {
    WordPiece base = new TokenizerTrainer(400, 1).wordPiece(Corpus.SMALL.stream(), true);
    List<String> texts =
        IntStream.of(0x0, 0x1E00, 0x3000, 0x1F300)
            .flatMap(first -> IntStream.range(first, first + 0x600))
            .mapToObj(character -> "a" + Character.toString(character) + "b")
            .toList();
    assertEqual(base, texts);
    assertEqual(new TokenizerTrainer(300, 1).bytePairs(Corpus.SMALL.stream(), false), texts);
  }

  private void assertEqual(FramedTokenizer ours, List<String> texts) throws IOException {
    Path file = folder.resolve(Tokenizer.FILE);
    ours.write(file);
    Tokenizer read = Tokenizers.read(file);
    assertThat(read).isInstanceOf(ours.getClass());
    try (HuggingFace theirs = HuggingFace.read(file)) {
      for (String text : texts) {
        Encoding expected = theirs.encode(Characters.wellFormed(text)); // JNI knows no others
        assertThat(ours.encode(text)).as(text).isEqualTo(expected);
        assertThat(read.encode(text)).as(text).isEqualTo(expected);
      }
    }
  }
}
