package dev.kindred.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordPieceTest {
  private static final List<String> PIECES =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "en", "##code", "##r", "encode", "Encode",
          "cafe", "café", ",", "東", "##東", "京", "x", "##x");
  private static final WordPiece UNCASED = WordPiece.of(PIECES, true);

  private static List<String> pieces(Tokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text).ids()).mapToObj(tokenizer::piece).toList();
  }

  private static List<String> bare(String text) {
    return pieces(UNCASED.withoutSpecials(), text);
  }

  @Test
  void takesTheLongestPieceFromTheLeft() {
    assertThat(bare("encoder")).containsExactly("encode", "##r");
  }

  @Test
  void marksSurroundEvenAnEmptyText() {
    assertThat(pieces(UNCASED, "encode")).containsExactly("[CLS]", "encode", "[SEP]");
    assertThat(pieces(UNCASED, " \t")).containsExactly("[CLS]", "[SEP]");
    assertThat(UNCASED.encode("").words()).containsExactly(Encoding.SPECIAL, Encoding.SPECIAL);
  }

  @Test
  void wordsAreCountedBeforeTheyAreCut() {
    assertThat(UNCASED.encode("encoder, x").words()).containsExactly(-1, 0, 0, 1, 2, -1);
  }

  @Test
  void aWordThatCannotBeCutToItsEndIsUnknownAsAWhole() {
    assertThat(bare("encodery x")).containsExactly("[UNK]", "x");
  }

  @Test
  void aWordIsCutUpToAHundredCharacters() {
    assertThat(bare("x".repeat(100))).hasSize(100);
    assertThat(bare("x".repeat(101))).containsExactly("[UNK]");
  }

  @Test
  void capitalsAndAccentsGoTogether() {
    assertThat(bare("CAFÉ Encode")).containsExactly("cafe", "encode");
    WordPiece cased = WordPiece.of(PIECES, false).withoutSpecials();
    assertThat(pieces(cased, "café Encode CAFÉ")).containsExactly("café", "Encode", "[UNK]");
  }

  @Test
  void chineseCharactersAreWords() {
    assertThat(bare("x東京x")).containsExactly("x", "東", "京", "x");
  }

  @Test
  void marksInATextAreTakenAsTheyStand() {
    assertThat(bare("x[MASK]x [mask]"))
        .containsExactly("x", "[MASK]", "x", "[UNK]", "[UNK]", "[UNK]");
  }

  @Test
  void knowsItsMarks() {
    assertThat(UNCASED.size()).isEqualTo(PIECES.size());
    assertThat(UNCASED.padding()).isZero();
    assertThat(UNCASED.mask()).hasValue(4);
    assertThat(WordPiece.of(PIECES.subList(0, 4), true).mask()).isEmpty();
  }

  @Test
  void rejectsAVocabularyWithoutItsMarks() {
    for (int missing = 0; missing < 4; missing++) {
      int mark = missing;
      List<String> others = PIECES.stream().filter(p -> !p.equals(PIECES.get(mark))).toList();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WordPiece.of(others, true))
          .withMessageContaining("must include")
          .withMessageContaining(PIECES.get(mark));
    }
  }

  @Test
  void rejectsAPieceThatIsThereTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WordPiece.of(List.of("[PAD]", "[UNK]", "a", "a"), true))
        .withMessage("pieces must differ, were 2 and 3 both \"a\"");
  }

  @Test
  void longLinesTakeLinearMemoryAndTime() {
    String line = "encoder, ".repeat(500_000);
    assertThat(UNCASED.encode(line).length()).isEqualTo(1_500_002);
    assertThat(UNCASED.encode("x".repeat(5_000_000)).length()).isEqualTo(3);
    assertThat(UNCASED.encode("x\u0301\u0323".repeat(1_000_000)).length()).isEqualTo(3);
  }

  @Test
  void isSafeForSeveralThreads() {
    Encoding alone = UNCASED.encode("encoder, x");
    assertThat(IntStream.range(0, 1000).parallel().mapToObj(i -> UNCASED.encode("encoder, x")))
        .allMatch(alone::equals);
  }
}
