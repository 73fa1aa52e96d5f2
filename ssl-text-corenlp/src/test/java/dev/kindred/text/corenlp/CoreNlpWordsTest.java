package dev.kindred.text.corenlp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoreNlpWordsTest {
  private final CoreNlpWords words = new CoreNlpWords();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "I don't | I do n't",
        "They’re Smith's | They ’re Smith 's",
        "can't (gonna) | ca n't ( gon na )",
        "(really) [it] {at} | ( really ) [ it ] { at }",
        "“quoted” \"too\" | “ quoted ” \" too \"",
        "the colour &amp; ¼ €5 | the colour &amp; ¼ € 5",
        "well-known | well - known",
        "Dr. Smith left. | Dr. Smith left .",
        "in the U.S. | in the U.S.",
        "5 7/8 | 5 7/8",
        "see a_b@c.de, http://a.b/c?d=e | see a_b@c.de , http://a.b/c?d=e",
        "😀 hi | 😀 hi",
      })
  void wordsAreThePennTreebanksInTheTextsOwnCharacters(String text, String expected) {
    assertThat(words.words(text)).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "    ", " \n\t\r\n\n \u00a0\u3000"})
  void textWithoutWordsHasNone(String text) {
    assertThat(words.words(text)).isEmpty();
  }

  @Test
  void aMegabyteIsCutAsItsPartsAre() {
    assertThat(words.words("I don't (really) know.\n".repeat(46_000)))
        .hasSize(8 * 46_000)
        .endsWith("I", "do", "n't", "(", "really", ")", "know", ".");
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    String text = "I don't (really) know Dr. Smith. ".repeat(100);

    assertThat(Concurrently.repeat(() -> words.words(text))).containsOnly(words.words(text));
  }

  @Property(tries = 300)
  void noWordIsEmptyOrHasSpaceInIt(@ForAll @StringLength(max = 60) String text) {
    assertThat(words.words(text)).noneMatch(String::isEmpty);
    assertThat(words.words(text)).noneMatch(word -> PennTreebank.SPACE.matcher(word).find());
  }

  @Property(tries = 300)
  void eachCharacterOfAPlainTextIsInOneWord(
      @ForAll
          @AlphaChars
          @NumericChars
          @Chars({' ', '\n', '.', ',', '\'', '"', '(', ')', '-', '<', '>', '&', ';', '/', '’'})
          @StringLength(max = 60)
          String text) {
    assertThat(String.join("", words.words(text))).isEqualTo(text.replaceAll("\\s", ""));
  }
}
