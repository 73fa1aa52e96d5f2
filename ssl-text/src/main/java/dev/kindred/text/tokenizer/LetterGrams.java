package dev.kindred.text.tokenizer;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts each word into all runs of so many letters, those of its edges marked: {@code <ru}, {@code
 * run}, {@code uns}, {@code ns>}. Forms of one word share most of them, in any language that
 * inflects, without a stemmer. For encoders that do not look at order, such as {@link
 * dev.kindred.text.StaticEncoder}.
 *
 * <p>Words are lower-cased stretches of letters and digits, with the accents on them, or single
 * other signs. The vocabulary holds the runs that are most frequent; the others are left out.
 *
 * @see <a href="https://arxiv.org/abs/1607.04606">Bojanowski et al. 2016, Enriching Word Vectors
 *     with Subword Information</a>
 */
public final class LetterGrams implements Tokenizer {
  /** What its saved form calls itself. */
  static final String KIND = "letter-grams";

  private static final int PADDING = 0;
  private static final String PADDING_PIECE = "[PAD]";
  private static final int FORMAT = 1;

  private final int shortest;
  private final int longest;
  private final Vocabulary vocabulary;
  private final RememberedWords remembered = new RememberedWords(this::ids);

  private LetterGrams(int shortest, int longest, List<String> pieces) {
    Require.atLeastOne("shortest", shortest);
    Require.that(longest >= shortest, "longest", ">= shortest", longest);
    this.shortest = shortest;
    this.longest = longest;
    this.vocabulary =
        Vocabulary.of(Stream.concat(Stream.of(PADDING_PIECE), pieces.stream()).toList());
  }

  /** What a saved tokenizer of this kind holds. */
  record Saved(int format, String kind, int shortest, int longest, @Nullable List<String> pieces) {}

  /**
   * Makes a vocabulary of the most frequent runs, each word counting once for each text that has
   * it. The order of the texts does not matter.
   *
   * @param texts read once
   * @param size the number of runs, at least 1; fewer if there are fewer
   * @param shortest the letters of the shortest runs, edges counted; 3 is good
   * @param longest those of the longest; 5 is good
   */
  public static LetterGrams train(Iterator<String> texts, int size, int shortest, int longest) {
    Require.atLeastOne("size", size);
    LetterGrams cutter = new LetterGrams(shortest, longest, List.of());
    Map<String, Long> words = new HashMap<>();
    while (texts.hasNext()) {
      new HashSet<>(words(texts.next())).forEach(word -> words.merge(word, 1L, Long::sum));
    }
    Map<String, Long> counts = new HashMap<>();
    words.forEach(
        (word, count) ->
            cutter.distinctRuns(word).forEach(run -> counts.merge(run, count, Long::sum)));
    List<String> best =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(size)
            .map(Map.Entry::getKey)
            .toList();
    return new LetterGrams(shortest, longest, best);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is of another format, or its pieces are not a list of
   *     different ones
   * @throws dev.kindred.runtime.KindredException if it cannot be read
   */
  static LetterGrams read(Path file) {
    Saved saved = Json.read(file, Saved.class);
    Require.that(saved.format() == FORMAT, "the tokenizer's format", "" + FORMAT, saved.format());
    List<String> pieces = saved.pieces();
    if (pieces == null || pieces.contains(null)) {
      throw new IllegalArgumentException("pieces must be a list of texts, was " + pieces);
    }
    return new LetterGrams(saved.shortest(), saved.longest(), pieces);
  }

  @Override
  public Encoding encode(String text) {
    Pieces out = new Pieces();
    for (String word : words(text)) {
      out.nextWord();
      if (RememberedWords.holds(word)) {
        out.addAll(remembered.pieces(word));
      } else {
        forEachKnown(word, out::add);
      }
    }
    return out.encoding();
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public int padding() {
    return PADDING;
  }

  @Override
  public OptionalInt mask() {
    return OptionalInt.empty();
  }

  @Override
  public String piece(int id) {
    return vocabulary.piece(id);
  }

  /** {@inheritDoc} Hugging Face's libraries know no tokenizer of this kind. */
  @Override
  public void write(Path file) {
    List<String> runs = vocabulary.pieces().subList(1, vocabulary.size());
    Json.write(file, new Saved(FORMAT, KIND, shortest, longest, runs));
  }

  private Set<String> distinctRuns(String word) {
    Set<String> runs = new HashSet<>();
    forEachRun(word, runs::add);
    return runs;
  }

  private int[] ids(String word) {
    IntStream.Builder ids = IntStream.builder();
    forEachKnown(word, ids::add);
    return ids.build().toArray();
  }

  private void forEachKnown(String word, IntConsumer action) {
    forEachRun(
        word,
        run -> {
          Integer id = vocabulary.ids().get(run);
          if (id != null) {
            action.accept(id);
          }
        });
  }

  /** The shorter ones first; one by one, for a text may be a single word of megabytes. */
  private void forEachRun(String word, Consumer<String> action) {
    int[] letters = ("<" + word + ">").codePoints().toArray();
    for (int length = shortest; length <= Math.min(longest, letters.length); length++) {
      for (int first = 0; first + length <= letters.length; first++) {
        action.accept(new String(letters, first, length));
      }
    }
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    int start = -1;
    for (int i = 0; i < lower.length(); i += Character.charCount(lower.codePointAt(i))) {
      int letter = lower.codePointAt(i);
      boolean inside = Character.isLetterOrDigit(letter) || isMark(letter);
      if (inside && start < 0) {
        start = i;
      }
      if (!inside) {
        if (start >= 0) {
          words.add(lower.substring(start, i));
          start = -1;
        }
        if (!Character.isWhitespace(letter) && !Character.isSpaceChar(letter)) {
          words.add(Character.toString(letter));
        }
      }
    }
    if (start >= 0) {
      words.add(lower.substring(start));
    }
    return words;
  }

  private static boolean isMark(int letter) {
    int type = Character.getType(letter);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
