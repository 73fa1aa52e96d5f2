package dev.kindred.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TokenizerProperties {
  private static final TokenizerTrainer TRAINER = new TokenizerTrainer(450, 1);
  private static final WordPiece WORD_PIECE = TRAINER.wordPiece(Corpus.SMALL.stream(), true);
  private static final BytePairs BYTE_PAIRS = TRAINER.bytePairs(Corpus.SMALL.stream(), false);

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().withChars("aeth do,.'\u0301\t\n東é"),
        Arbitraries.chars().list().map(TokenizerProperties::joined)); // with lone surrogates
  }

  private static String joined(Iterable<Character> characters) {
    StringBuilder text = new StringBuilder();
    characters.forEach(text::append);
    return text.toString();
  }

  @Property(tries = 300)
  void idsAreInRangeAndWordsInOrder(@ForAll("texts") String text) {
    for (Tokenizer tokenizer : new Tokenizer[] {WORD_PIECE, BYTE_PAIRS}) {
      Encoding encoding = tokenizer.encode(text);
      assertThat(IntStream.of(encoding.ids())).allMatch(id -> id >= 0 && id < tokenizer.size());
      int[] words = Arrays.copyOfRange(encoding.words(), 1, encoding.length() - 1);
      assertThat(words).isSorted();
      assertThat(IntStream.of(words).distinct().toArray())
          .isEqualTo(IntStream.range(0, (int) IntStream.of(words).distinct().count()).toArray());
    }
  }

  @Property(tries = 300)
  void bytePairsSpellTheWholeText(@ForAll("texts") String text) {
    assertThat(
            IntStream.of(BYTE_PAIRS.withoutSpecials().encode(text).ids())
                .mapToObj(BYTE_PAIRS::piece)
                .collect(Collectors.joining()))
        .isEqualTo(ByteLetters.of(Characters.wellFormed(text)));
  }

  @Property(tries = 100)
  void aTextIsItsWords(@ForAll("texts") String text) {
    String words = String.join(" ", BertWords.of(true).words(text));
    assertThat(WORD_PIECE.encode(words)).isEqualTo(WORD_PIECE.encode(text));
  }
}
