package dev.kindred.benchmarks;

import dev.kindred.runtime.Require;
import dev.kindred.text.tokenizer.WordPiece;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sentences of random words that all have the same number of pieces. Every second word is two
 * pieces, the others are one; the pieces have four letters, as the mean piece of English has.
 *
 * @param vocabulary the number of pieces, special ones included
 * @param length the pieces of a sentence, those at its ends included
 */
public record SpeltSentences(int vocabulary, int length) {
  private static final List<String> SPECIALS =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
  private static final String CONTINUED = "##";
  private static final int LETTERS = 4;
  private static final int ALPHABET = 26;

  /** The pieces of two words, three, between the ends. */
  private static final int SHORTEST = 5;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if there is no room for words, or no spelling for the pieces
   */
  public SpeltSentences {
    Require.that(
        vocabulary >= SPECIALS.size() + 2 && vocabulary <= Math.pow(ALPHABET, LETTERS),
        "vocabulary",
        "in [%d, %.0f]".formatted(SPECIALS.size() + 2, Math.pow(ALPHABET, LETTERS)),
        vocabulary);
    Require.that(length >= SHORTEST, "length", ">= " + SHORTEST, length);
  }

  /** What cuts the sentences. */
  public WordPiece tokenizer() {
    Stream<String> words = IntStream.range(0, heads()).mapToObj(SpeltSentences::spelt);
    Stream<String> tails =
        IntStream.range(0, vocabulary - SPECIALS.size() - heads())
            .mapToObj(tail -> CONTINUED + spelt(tail));
    return WordPiece.of(
        Stream.concat(SPECIALS.stream(), Stream.concat(words, tails)).toList(), true);
  }

  /** The same sentences for the same seed. */
  public List<String> texts(int count, long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> text(random)).limit(count).toList();
  }

  private String text(Random random) {
    int pieces = length - 2;
    int words = pieces - pieces / 3;
    return IntStream.range(0, words)
        .mapToObj(word -> word(random, word < pieces / 3))
        .collect(Collectors.joining(" "));
  }

  private String word(Random random, boolean two) {
    String head = spelt(random.nextInt(heads()));
    return two ? head + spelt(random.nextInt(vocabulary - SPECIALS.size() - heads())) : head;
  }

  /** Half of the pieces begin words. */
  private int heads() {
    return (vocabulary - SPECIALS.size() + 1) / 2;
  }

  private static String spelt(int number) {
    StringBuilder letters = new StringBuilder();
    for (int rest = number; letters.length() < LETTERS; rest /= ALPHABET) {
      letters.append((char) ('a' + rest % ALPHABET));
    }
    return letters.toString();
  }
}
