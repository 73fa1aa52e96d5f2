package dev.kindred.text.corenlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreNlpSentencesTest {
  private static final String TWO = "Dr. Smith went to Washington. He left (early).\n";

  private final CoreNlpSentences sentences = CoreNlpSentences.ofParagraphs();

  @Test
  void theStopOfAnAbbreviationEndsNoSentence() {
    assertThat(sentences.sentences("Dr. Smith went to Washington. He left."))
        .containsExactly("Dr. Smith went to Washington.", "He left.");
  }

  @Test
  void anAbbreviationMayEndTheSentenceItself() {
    assertThat(sentences.sentences("He lives in the U.S. She does not."))
        .containsExactly("He lives in the U.S.", "She does not.");
  }

  @Test
  void quotesAndBracketsCloseWithTheirSentence() {
    assertThat(
            sentences.sentences(
                "She asked: \"Why?\" He paid $5.20 (\"too much!\") Then they left."))
        .containsExactly("She asked: \"Why?\"", "He paid $5.20 (\"too much!\")", "Then they left.");
  }

  @Test
  void aSentenceMayGoOverLinesAndAnEmptyLineEndsIt() {
    assertThat(sentences.sentences("A heading\n\nHe went\nto \u00a0 Paris\n \nand back"))
        .containsExactly("A heading", "He went to Paris", "and back");
  }

  @Test
  void aLineEndsASentenceWhereLinesAreApart() {
    assertThat(CoreNlpSentences.ofLines().sentences("one\ntwo. three\r\n\nfour"))
        .containsExactly("one", "two.", "three", "four");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "    ", " \n\t\r\n\n \u00a0\u3000"})
  void textWithoutWordsHasNoSentences(String text) {
    assertThat(sentences.sentences(text)).isEmpty();
  }

  @Test
  void aMegabyteIsCutAsItsPartsAre() {
    List<String> all = sentences.sentences(TWO.repeat(22_000));

    assertThat(all).hasSize(44_000);
    assertThat(all.subList(43_998, 44_000)).isEqualTo(sentences.sentences(TWO));
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    String document = TWO.repeat(100);

    assertThat(Concurrently.repeat(() -> sentences.sentences(document)))
        .containsOnly(sentences.sentences(document));
  }

  @Property(tries = 300)
  void sentencesAreStrippedAndNoneIsEmpty(@ForAll @StringLength(max = 60) String text) {
    assertThat(sentences.sentences(text))
        .allSatisfy(sentence -> assertThat(sentence).isNotEmpty().isEqualTo(sentence.strip()));
  }
}
