package dev.kindred.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BytePairsTest {
  private static final BytePairs TOKENIZER =
      new TokenizerTrainer(400, 1).bytePairs(Corpus.SMALL.stream(), false);

  private static List<String> pieces(BytePairs tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text).ids()).mapToObj(tokenizer::piece).toList();
  }

  @Test
  void marksSurroundEvenAnEmptyText() {
    assertThat(pieces(TOKENIZER, "")).containsExactly("<s>", "</s>");
    assertThat(TOKENIZER.withoutSpecials().encode("").length()).isZero();
  }

  @Test
  void aWordHasTheSpaceBeforeIt() {
    assertThat(pieces(TOKENIZER, "the dog")).containsExactly("<s>", "the", "Ġdog", "</s>");
    assertThat(TOKENIZER.encode("the dog").words()).containsExactly(-1, 0, 1, -1);
  }

  @Test
  void aPrefixSpaceMakesTheFirstWordLikeOthers() {
    BytePairs spaced = new TokenizerTrainer(400, 1).bytePairs(Corpus.SMALL.stream(), true);
    assertThat(spaced.encode("the dog")).isEqualTo(spaced.encode(" the dog"));
    assertThat(pieces(spaced, "the")).contains("Ġthe");
    assertThat(TOKENIZER.encode("the")).isNotEqualTo(TOKENIZER.encode(" the"));
  }

  @Test
  void mergesTheEarliestPairFirstAndFromTheLeft() {
    Vocabulary vocabulary = Vocabulary.of(List.of("a", "b", "c", "bc", "aa", "ab"));
    Merges merges =
        new Merges(
            vocabulary,
            List.of(new Merges.Pair(1, 2), new Merges.Pair(0, 0), new Merges.Pair(0, 1)));
    assertThat(merges.apply(new int[] {0, 1, 2})).containsExactly(0, 3);
    assertThat(merges.apply(new int[] {0, 0, 0, 1})).containsExactly(4, 5);
  }

  @Test
  void anyBytesAreKnown() {
    assertThat(pieces(TOKENIZER.withoutSpecials(), "\u0001"))
        .containsExactly(ByteLetters.letter(1));
    assertThat(String.join("", pieces(TOKENIZER.withoutSpecials(), " \n√"))).isEqualTo("ĠĊâĪļ");
  }

  @Test
  void aWordMayBeAsLongAsALine() {
    assertThat(TOKENIZER.encode("the".repeat(300_000)).length()).isEqualTo(300_002);
    assertThat(TOKENIZER.encode(" ".repeat(1_000_000)).length()).isGreaterThan(2);
  }

  @Test
  void knowsItsMarks() {
    assertThat(TOKENIZER.piece(TOKENIZER.padding())).isEqualTo("<pad>");
    assertThat(TOKENIZER.piece(TOKENIZER.mask().orElseThrow())).isEqualTo("<mask>");
    assertThat(pieces(TOKENIZER, "a<mask>")).containsExactly("<s>", "a", "<mask>", "</s>");
  }
}
