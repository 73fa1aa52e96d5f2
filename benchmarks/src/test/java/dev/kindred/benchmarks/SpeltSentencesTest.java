package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.text.tokenizer.Encoding;
import dev.kindred.text.tokenizer.WordPiece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeltSentencesTest {
  @ParameterizedTest
  @CsvSource({"30522, 32", "7, 5", "8, 6", "999, 7"})
  void everySentenceHasItsLengthAndNoUnknownPiece(int vocabulary, int length) {
    SpeltSentences spelt = new SpeltSentences(vocabulary, length);
    WordPiece tokenizer = spelt.tokenizer();

    assertThat(tokenizer.size()).isEqualTo(vocabulary);
    assertThat(spelt.texts(20, 1))
        .allSatisfy(
            text -> {
              int[] ids = tokenizer.encode(text).ids();
              assertThat(ids).hasSize(length);
              assertThat(ids).doesNotContain(tokenizer.encode("?").ids()[1]);
            });
  }

  @Test
  void everySecondWordIsTwoPieces() {
    SpeltSentences spelt = new SpeltSentences(500, 32);

    Encoding encoding = spelt.tokenizer().encode(spelt.texts(1, 0).get(0));

    assertThat(encoding.words()[encoding.length() - 2]).isEqualTo(19);
  }

  @Test
  void drawsTheSameSentencesFromTheSameSeed() {
    SpeltSentences spelt = new SpeltSentences(500, 32);

    assertThat(spelt.texts(2, 7)).isEqualTo(spelt.texts(2, 7)).isNotEqualTo(spelt.texts(2, 8));
  }

  @Test
  void refusesSizesThatLeaveNoRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpeltSentences(500, 4))
        .withMessage("length must be >= 5, was 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SpeltSentences(456_977, 32))
        .withMessage("vocabulary must be in [7, 456976], was 456977");
  }
}
