package dev.kindred.text.corenlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordClassTest {
  @ParameterizedTest
  @CsvSource({
    "NN,NOUN",
    "NNS,NOUN",
    "NNP,NOUN",
    "NNPS,NOUN",
    "VB,VERB",
    "VBD,VERB",
    "VBG,VERB",
    "VBN,VERB",
    "VBP,VERB",
    "VBZ,VERB",
    "MD,VERB",
    "JJ,ADJECTIVE",
    "JJR,ADJECTIVE",
    "JJS,ADJECTIVE",
    "RB,ADVERB",
    "RBR,ADVERB",
    "RBS,ADVERB",
    "WRB,ADVERB",
    "DT,DETERMINER",
    "PDT,DETERMINER",
    "WDT,DETERMINER",
    "IN,PREPOSITION",
    "CC,CONJUNCTION",
    "CD,NUMBER",
    "PRP,PRONOUN",
    "PRP$,PRONOUN",
    "WP,PRONOUN",
    "WP$,PRONOUN",
    "EX,PRONOUN",
    "TO,PARTICLE",
    "POS,PARTICLE",
    "RP,PARTICLE",
    ".,MARK",
    ":,MARK",
    "``,MARK",
    "-LRB-,MARK",
    "HYPH,MARK",
    "$,MARK",
    "SYM,MARK",
    "UH,OTHER",
    "FW,OTHER",
    "LS,OTHER",
    "NOSUCHTAG,OTHER"
  })
  void eachTagHasItsClass(String tag, WordClass expected) {
    assertThat(new TaggedWord("word", tag, "word").wordClass()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not", "No", "never", "n't", "n’t", "DON'T", "nor", "without"})
  void aNegationIsOneWhateverItsTag(String word) {
    assertThat(WordClass.of(word, "RB")).isEqualTo(WordClass.NEGATION);
    assertThat(WordClass.of(word, "DT")).isEqualTo(WordClass.NEGATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"note", "north", "knot", "ant", "t"})
  void wordsThatOnlyLookLikeNegationsAreNone(String word) {
    assertThat(WordClass.of(word, "NN")).isEqualTo(WordClass.NOUN);
  }
}
