package dev.kindred.text.tokenizer;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts words by a {@link WordSplitter} first, and each of them into the pieces of another
 * tokenizer: for lemmas, or for words that a {@link dev.kindred.text.augment.WordChoice} knows. The
 * words that {@link Encoding#words} counts are the splitter's. As immutable and safe as the
 * splitter is.
 *
 * <p>A splitter is a program, which no file holds. So the saved form tells its name and how it cuts
 * a sentence; {@link Tokenizers#read(Path, WordSplitter)} asks for it and refuses another. The
 * pieces are in a file of their own beside it, {@code tokenizer.pieces.json}.
 *
 * <pre>{@code
 * WordSplitter lemmas = new CoreNlpLemmas(CoreNlpTagger.english());
 * Stream<String> words = texts.map(text -> String.join(" ", lemmas.words(text)));
 * Tokenizer pieces = TokenizerTrainer.of(16_000).wordPiece(words, true);
 * Tokenizer tokenizer = new SplitTokenizer(pieces, lemmas, "CoreNLP's lemmas");
 * }</pre>
 */
public final class SplitTokenizer implements Tokenizer {
  /** What the saved form calls itself. */
  static final String KIND = "split-words";

  /** Cut otherwise by most splitters: contractions, forms of words, a name, a number. */
  static final String SAMPLE =
      "She doesn't think the mice's well-known U.S. cities were 2 days away.";

  private static final int FORMAT = 1;

  private final Tokenizer pieces;
  private final WordSplitter splitter;
  private final String name;

  /** What the saved form holds: how the splitter is called, and how it cuts a text. */
  record Saved(
      int format,
      String kind,
      @Nullable String splitter,
      @Nullable String text,
      @Nullable List<String> words) {}

  /**
   * A tokenizer of both.
   *
   * @param pieces what cuts words; made of texts that the splitter cut, with spaces between
   * @param name what to call the splitter to people who are to find it again
   * @throws IllegalArgumentException if {@code pieces} is of this kind already, or the name is
   *     blank
   */
  public SplitTokenizer(Tokenizer pieces, WordSplitter splitter, String name) {
    Require.that(
        !(pieces instanceof SplitTokenizer), "pieces", "without a splitter of their own", name);
    Require.that(!name.isBlank(), "name", "the splitter's", "blank");
    this.pieces = pieces;
    this.splitter = splitter;
    this.name = name;
  }

  /** The words of {@code text}, as the splitter cuts them. */
  public List<String> words(String text) {
    return splitter.words(text);
  }

  @Override
  public Encoding encode(String text) {
    return encode(words(text));
  }

  /** The pieces of words, each word's those that it has behind a space. */
  public Encoding encode(List<String> words) {
    List<Encoding> each =
        IntStream.range(0, words.size())
            .mapToObj(i -> pieces.encode(i == 0 ? words.get(i) : " " + words.get(i)))
            .toList();
    return each.stream()
        .filter(word -> word.start() < word.end())
        .findFirst()
        .map(framed -> joined(framed, each))
        .orElseGet(() -> pieces.encode(""));
  }

  /** The words between the special tokens that one of them has around it. */
  private static Encoding joined(Encoding framed, List<Encoding> words) {
    Pieces joined = new Pieces();
    joined.frame(ids(framed, 0, framed.start()));
    for (Encoding word : words) {
      joined.nextWord();
      ids(word, word.start(), word.end()).forEach(joined::add);
    }
    joined.frame(ids(framed, framed.end(), framed.length()));
    return joined.encoding();
  }

  private static List<Integer> ids(Encoding of, int from, int to) {
    return Arrays.stream(of.ids(), from, to).boxed().toList();
  }

  @Override
  public int size() {
    return pieces.size();
  }

  @Override
  public int padding() {
    return pieces.padding();
  }

  @Override
  public OptionalInt mask() {
    return pieces.mask();
  }

  @Override
  public String piece(int id) {
    return pieces.piece(id);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Hugging Face's libraries do not know this form; the pieces are in {@code NAME.pieces.json}.
   */
  @Override
  public void write(Path file) {
    pieces.write(pieces(file));
    Json.write(file, new Saved(FORMAT, KIND, name, SAMPLE, splitter.words(SAMPLE)));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is of another format, or damaged
   * @throws KindredException if it cannot be read, or {@code splitter} cuts otherwise
   */
  static SplitTokenizer read(Path file, WordSplitter splitter) {
    Complete saved = saved(file);
    List<String> words = splitter.words(saved.text());
    if (!words.equals(saved.words())) {
      throw new KindredException(
          "%s: its words were cut by \"%s\" into %s, but this splitter cuts them into %s; give that one"
              .formatted(file, saved.splitter(), saved.words(), words));
    }
    return new SplitTokenizer(Tokenizers.read(pieces(file)), splitter, saved.splitter());
  }

  /** What to throw where such a file is opened without a splitter. */
  static KindredException withoutSplitter(Path file) {
    return new KindredException(
        ("%s: its words are cut by a program, \"%s\", which no file holds; open it from Java, with that"
                + " WordSplitter: SentenceEmbedder.load(folder, splitter)")
            .formatted(file, saved(file).splitter()));
  }

  private static Complete saved(Path file) {
    Saved saved = Json.read(file, Saved.class);
    Require.that(saved.format() == FORMAT, "the tokenizer's format", "" + FORMAT, saved.format());
    if (saved.splitter() == null || saved.text() == null || saved.words() == null) {
      throw new IllegalArgumentException("splitter, text and words must be there, one is not");
    }
    return new Complete(saved.splitter(), saved.text(), saved.words());
  }

  /** What a file holds that is whole. */
  private record Complete(String splitter, String text, List<String> words) {}

  private static Path pieces(Path file) {
    String stem = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
    return file.resolveSibling(stem + ".pieces.json");
  }
}
