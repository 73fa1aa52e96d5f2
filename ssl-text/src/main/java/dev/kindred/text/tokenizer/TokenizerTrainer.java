package dev.kindred.text.tokenizer;

import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a tokenizer from a corpus: beginning with single letters, the pair of neighbouring pieces
 * that occurs most often becomes a piece of its own, until there are {@code size} pieces or no pair
 * occurs {@code minimumFrequency} times.
 *
 * <p>The result depends on how often each word occurs and on nothing else, so neither on the order
 * of the texts nor on the machine: of pairs that occur equally often the one whose left piece has
 * the lower id is first, then the one whose right piece has. Ids are the special tokens, then the
 * letters in the order of Unicode, then the pieces in the order in which they were made. Memory is
 * for the distinct words; words of more than 100 characters teach nothing.
 *
 * <p>Sennrich et al., Neural Machine Translation of Rare Words with Subword Units, 2016.
 *
 * @param size the most pieces, special tokens included
 * @param minimumFrequency how often a pair must occur to become a piece
 */
public record TokenizerTrainer(int size, int minimumFrequency) {
  /** What Hugging Face's trainers begin with, of which 30,000 pieces are about BERT's. */
  private static final int USUAL_MINIMUM = 2;

  /** Rarer characters are {@code [UNK]}, lest a corpus' stray symbols fill the vocabulary. */
  private static final int ALPHABET = 1_000;

  private static final String CONTINUATION = WordPiece.Spelling.BERT.continuation();

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public TokenizerTrainer {
    Require.atLeastOne("size", size);
    Require.atLeastOne("minimumFrequency", minimumFrequency);
  }

  /** Pieces that occur twice or more. */
  public static TokenizerTrainer of(int size) {
    return new TokenizerTrainer(size, USUAL_MINIMUM);
  }

  /**
   * BERT's tokenizer, its pieces made by merging pairs as Hugging Face's trainer does. Its letters
   * are the 1,000 most frequent characters; words with others teach nothing.
   *
   * @param texts read once, in this thread, and closed
   * @param lowerCase whether capitals and accents are taken away
   * @throws IllegalArgumentException if the texts hold no word, or {@code size} leaves no room for
   *     the special tokens and the letters
   */
  public WordPiece wordPiece(Stream<String> texts, boolean lowerCase) {
    WordCounts words = new WordCounts(texts, BertWords.of(lowerCase));
    Training training = new Training(WordPiece.SPECIALS, CONTINUATION);
    training.addLetters(letters(words));
    words.forEach((word, times) -> training.addWord(spelt(word), times));
    training.run();
    return WordPiece.of(training.pieces, lowerCase);
  }

  /**
   * RoBERTa's tokenizer. Its letters are the 256 bytes.
   *
   * @param texts read once, in this thread, and closed
   * @param prefixSpace whether a text's first word is as if a space came before it, so that it has
   *     the pieces that it has elsewhere
   * @throws IllegalArgumentException if the texts hold no word, or {@code size} is below 261
   */
  public BytePairs bytePairs(Stream<String> texts, boolean prefixSpace) {
    WordCounts words = new WordCounts(texts, text -> BytePairs.words(text, prefixSpace));
    Training training = new Training(BytePairs.SPECIALS, "");
    training.addLetters(
        IntStream.range(0, ByteLetters.COUNT).mapToObj(ByteLetters::letter).sorted().toList());
    words.forEach((word, times) -> training.addWord(letters(ByteLetters.of(word)), times));
    training.run();
    Vocabulary vocabulary = Vocabulary.of(training.pieces);
    return new BytePairs(
        vocabulary,
        AddedTokens.specials(vocabulary, BytePairs.SPECIALS),
        Frame.of(vocabulary.require(BytePairs.START), vocabulary.require(BytePairs.END)),
        new Merges(vocabulary, training.merges),
        prefixSpace);
  }

  /** First letters, then those that continue a word. */
  private List<String> letters(WordCounts words) {
    TreeSet<Integer> alphabet = new TreeSet<>(words.characters(ALPHABET));
    TreeSet<String> first = new TreeSet<>();
    TreeSet<String> others = new TreeSet<>();
    words.forEach(
        (word, times) -> {
          if (word.codePoints().allMatch(alphabet::contains)) {
            List<String> letters = spelt(word);
            first.add(letters.get(0));
            others.addAll(letters.subList(1, letters.size()));
          }
        });
    return Stream.concat(first.stream(), others.stream()).toList();
  }

  private static List<String> spelt(String word) {
    List<String> letters = new ArrayList<>();
    for (String letter : letters(word)) {
      letters.add(letters.isEmpty() ? letter : CONTINUATION + letter);
    }
    return letters;
  }

  private static List<String> letters(String word) {
    return word.codePoints().mapToObj(Character::toString).toList();
  }

  /** One run: pieces and merges as they come. */
  private final class Training {
    private final List<String> pieces = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Merges.Pair> merges = new ArrayList<>();
    private final PairMerging merging = new PairMerging();

    /** What pieces begin with that continue a word, and lose when they are joined to another. */
    private final String continuation;

    Training(List<String> specials, String continuation) {
      this.continuation = continuation;
      specials.forEach(this::id);
    }

    void addLetters(List<String> letters) {
      letters.forEach(this::id);
      if (pieces.size() > size) {
        throw new IllegalArgumentException(
            "size must be >= %d, the special tokens and the letters of these texts, was %d"
                .formatted(pieces.size(), size));
      }
    }

    /** A word that is spelt with this alphabet; others are passed over. */
    void addWord(List<String> letters, long times) {
      if (ids.keySet().containsAll(letters)) {
        merging.add(letters.stream().mapToInt(ids::get).toArray(), times);
      }
    }

    void run() {
      merging.start();
      while (pieces.size() < size) {
        PairMerging.Counted pair = merging.first(minimumFrequency);
        if (pair == null) {
          return;
        }
        merges.add(new Merges.Pair(pair.left, pair.right));
        merging.merge(pair, id(joined(pair)));
      }
    }

    private String joined(PairMerging.Counted pair) {
      return pieces.get(pair.left) + pieces.get(pair.right).substring(continuation.length());
    }

    private int id(String piece) {
      return ids.computeIfAbsent(
          piece,
          made -> {
            pieces.add(made);
            return pieces.size() - 1;
          });
    }
  }
}
