package dev.kindred.text.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SentenceSplitterTest {
  private final SentenceSplitter english = SentenceSplitter.jdk(Locale.ENGLISH);

  @Test
  void cutsAtTheEndsOfSentencesAndAtBlankLines() {
    assertThat(english.sentences("A title\n\nIt cost $3.50, he\r\nsaid. \"Really?\"  Yes!\n \n\n"))
        .containsExactly("A title", "It cost $3.50, he said.", "\"Really?\"", "Yes!");
  }

  @Test
  void textWithoutAWordHasNoSentence() {
    assertThat(english.sentences(" \n\n\t")).isEmpty();
    assertThat(SentenceSplitter.whole().sentences(" \n\n\t")).isEmpty();
  }

  @Test
  void aWholeDocumentIsStrippedOnly() {
    assertThat(SentenceSplitter.whole().sentences("\nOne.  Two.\n\nThree.\n"))
        .containsExactly("One.  Two.\n\nThree.");
  }

  @Property(tries = 200)
  void losesNothingButSpace(@ForAll String document) {
    assertThat(english.sentences(document))
        .allSatisfy(sentence -> assertThat(sentence).isNotEmpty().isEqualTo(sentence.strip()));
    assertThat(letters(String.join("", english.sentences(document)))).isEqualTo(letters(document));
  }

  private static String letters(String text) {
    return text.codePoints()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
