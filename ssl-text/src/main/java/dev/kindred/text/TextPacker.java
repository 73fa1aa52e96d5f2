package dev.kindred.text;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.runtime.Require;
import dev.kindred.text.augment.WordChoice;
import dev.kindred.text.tokenizer.Encoding;
import dev.kindred.text.tokenizer.SplitTokenizer;
import dev.kindred.text.tokenizer.Tokenizer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Cuts texts into pieces and lays them in tensors, each part of the examples in its own. */
final class TextPacker {
  private static final String IDS = "ids";
  private static final String WORDS = "words";
  private static final String LENGTHS = "lengths";
  private static final String MAY_GO = "mayGo";

  /** What tells the vocabularies of two tokenizers apart, among the settings. */
  static final String FINGERPRINT = "fingerprint";

  /** What becomes of long texts, among the settings. */
  static final String LONG_TEXTS = "longTexts";

  /** Room for a class token, a piece and an end. */
  static final int SHORTEST = 3;

  private final Tokenizer tokenizer;
  private final int length;
  private final int room;
  private final int parts;
  private final List<Choice> choices;
  private final LongTexts longTexts;
  private final LongAdder truncated;
  private final LongAdder windowed = new LongAdder();

  /** Who is to be asked which words of a part may go. */
  record Choice(int part, WordChoice words) {}

  /**
   * @param length the most pieces of a view
   * @param room the most pieces of a text that views are made of
   * @param choices for each a tensor more
   * @param longTexts what a saved encoder does with them; packing cuts
   */
  TextPacker(
      Tokenizer tokenizer,
      int length,
      int room,
      int parts,
      List<Choice> choices,
      LongTexts longTexts) {
    this(tokenizer, length, room, parts, choices, longTexts, new LongAdder());
  }

  private TextPacker(
      Tokenizer tokenizer,
      int length,
      int room,
      int parts,
      List<Choice> choices,
      LongTexts longTexts,
      LongAdder truncated) {
    Require.that(length >= SHORTEST, "length", ">= " + SHORTEST, length);
    Require.that(room >= length, "room", ">= the length, " + length, room);
    Require.that(
        choices.isEmpty() || tokenizer instanceof SplitTokenizer,
        "tokenizer",
        "a SplitTokenizer, for a view asks which words may go",
        tokenizer.getClass().getSimpleName());
    this.tokenizer = tokenizer;
    this.length = length;
    this.room = room;
    this.parts = parts;
    this.choices = List.copyOf(choices);
    this.longTexts = longTexts;
    this.truncated = truncated;
  }

  /** The same for views of one text as it is. */
  TextPacker plain() {
    return new TextPacker(tokenizer, length, length, 1, List.of(), longTexts, truncated);
  }

  /** The same with another way with long texts. */
  TextPacker with(LongTexts policy) {
    return new TextPacker(tokenizer, length, room, parts, choices, policy, truncated);
  }

  Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The most pieces of a text. */
  int length() {
    return length;
  }

  LongTexts longTexts() {
    return longTexts;
  }

  long truncated() {
    return truncated.sum();
  }

  /** The number of texts so far of which {@link #windows} made several. */
  long windowed() {
    return windowed.sum();
  }

  /** All pieces of a text's first part. */
  Encoding whole(TextExample text) {
    return tokenizer.encode(text.parts().get(0));
  }

  Windows windows(Encoding whole) {
    if (whole.length() > length) {
      windowed.increment();
    }
    return new Windows(whole, length);
  }

  /** Texts of one part that are cut into pieces already, and short enough. */
  Feeds packed(List<Encoding> texts) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    lay(texts, 0, tensors);
    return new Feeds(texts.size(), tensors);
  }

  List<FeedSpec> feeds() {
    Shape matrix = Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE);
    List<FeedSpec> specs = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      specs.add(new FeedSpec(IDS + part, TInt32.class, matrix));
      specs.add(new FeedSpec(WORDS + part, TInt32.class, matrix));
      specs.add(new FeedSpec(LENGTHS + part, TInt32.class, Shape.of(Shape.UNKNOWN_SIZE)));
    }
    for (int choice = 0; choice < choices.size(); choice++) {
      specs.add(new FeedSpec(MAY_GO + choice, TInt32.class, matrix));
    }
    return specs;
  }

  Feeds pack(List<TextExample> examples) {
    List<List<String>> texts =
        IntStream.range(0, parts).mapToObj(part -> texts(examples, part)).toList();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int part = 0; part < parts; part++) {
      lay(texts.get(part).parallelStream().map(this::encode).toList(), part, tensors);
    }
    for (int choice = 0; choice < choices.size(); choice++) {
      layChoice(choice, texts.get(choices.get(choice).part()), tensors);
    }
    return new Feeds(examples.size(), tensors);
  }

  /** The part of that number as it comes out of the placeholders. */
  @SuppressWarnings("unchecked") // as feeds() says
  Tokens fed(Map<String, Operand<?>> feeds, int part) {
    return new Tokens(
        (Operand<TInt32>) fed(feeds, IDS + part),
        (Operand<TInt32>) fed(feeds, WORDS + part),
        (Operand<TInt32>) fed(feeds, LENGTHS + part));
  }

  /** The same, with what {@code choice} says of it, one of those that were announced. */
  @SuppressWarnings("unchecked") // as feeds() says
  Tokens fed(Map<String, Operand<?>> feeds, Choice choice) {
    Tokens tokens = fed(feeds, choice.part());
    Operand<?> mayGo = fed(feeds, MAY_GO + choices.indexOf(choice));
    return new Tokens(
        tokens.ids(), tokens.words(), tokens.lengths(), Optional.of((Operand<TInt32>) mayGo));
  }

  /** Whether texts may be longer than views. */
  boolean isRoomy() {
    return room > length;
  }

  /** Views that may be longer than the length, cut as texts are. */
  Tokens bounded(Ops tf, Tokens view) {
    return view.atMost(tf, length);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("tokenizer", Tokenizer.FILE);
    settings.put("vocabulary", tokenizer.size());
    settings.put(FINGERPRINT, fingerprint(tokenizer));
    settings.put("length", length);
    if (isRoomy()) {
      settings.put("room", room);
    }
    settings.put(LONG_TEXTS, longTexts.label());
    settings.put("parts", parts);
    return settings;
  }

  /** A hash of all pieces in their order. */
  static String fingerprint(Tokenizer tokenizer) {
    CRC32 hash = new CRC32();
    for (int id = 0; id < tokenizer.size(); id++) {
      hash.update((tokenizer.piece(id) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Long.toHexString(hash.getValue());
  }

  private static Operand<?> fed(Map<String, Operand<?>> feeds, String name) {
    Operand<?> operand = feeds.get(name);
    if (operand == null || operand.type() != TInt32.class) {
      throw new IllegalArgumentException(
          "feeds must have a TInt32 called %s, was %s".formatted(name, feeds));
    }
    return operand;
  }

  private List<String> texts(List<TextExample> examples, int part) {
    return examples.stream().map(example -> part(example, part)).toList();
  }

  private String part(TextExample example, int part) {
    if (part >= example.parts().size()) {
      throw new IllegalArgumentException(
          "these views need %d texts of each example, but there is one of %d: %s"
              .formatted(parts, example.parts().size(), example.parts().get(0)));
    }
    return example.parts().get(part);
  }

  private Encoding encode(String text) {
    Encoding whole = tokenizer.encode(text);
    if (whole.length() > room) {
      truncated.increment();
    }
    return shortened(whole);
  }

  private Encoding shortened(Encoding whole) {
    return whole.length() <= room ? whole : cut(whole, room);
  }

  /** The first pieces, and those of no word at the end. */
  static Encoding cut(Encoding whole, int length) {
    int tail = Math.min(length, whole.length() - whole.end());
    return new Encoding(
        joined(whole.ids(), length - tail, tail), joined(whole.words(), length - tail, tail));
  }

  private static int[] joined(int[] all, int head, int tail) {
    int[] joined = Arrays.copyOf(all, head + tail);
    System.arraycopy(all, all.length - tail, joined, head, tail);
    return joined;
  }

  private void lay(List<Encoding> encodings, int part, Map<String, Tensor> tensors) {
    int width = Math.max(1, encodings.stream().mapToInt(Encoding::length).max().orElse(1));
    IntBuffer ids = IntBuffer.allocate(encodings.size() * width);
    IntBuffer words = IntBuffer.allocate(encodings.size() * width);
    int[] lengths = new int[encodings.size()];
    for (int row = 0; row < lengths.length; row++) {
      lengths[row] = encodings.get(row).length();
      put(ids, row * width, encodings.get(row).ids(), width, tokenizer.padding());
      put(words, row * width, numbered(encodings.get(row).words()), width, Encoding.SPECIAL);
    }
    tensors.put(IDS + part, matrix(ids, width));
    tensors.put(WORDS + part, matrix(words, width));
    tensors.put(LENGTHS + part, TInt32.vectorOf(lengths));
  }

  private void layChoice(int choice, List<String> texts, Map<String, Tensor> tensors) {
    SplitTokenizer split = (SplitTokenizer) tokenizer;
    WordChoice words = choices.get(choice).words();
    List<int[]> rows =
        texts.parallelStream().map(text -> mayGo(split, words, split.words(text))).toList();
    int width = Math.max(1, rows.stream().mapToInt(row -> row.length).max().orElse(1));
    IntBuffer flags = IntBuffer.allocate(rows.size() * width);
    for (int row = 0; row < rows.size(); row++) {
      put(flags, row * width, rows.get(row), width, 0);
    }
    tensors.put(MAY_GO + choice, matrix(flags, width));
  }

  /** For each piece of a text whether it is of a word that may go. */
  private int[] mayGo(SplitTokenizer split, WordChoice choice, List<String> words) {
    boolean[] mayGo = choice.choose(words);
    Require.that(
        mayGo.length == words.size(),
        "what a WordChoice says",
        "as many as the words, %d".formatted(words.size()),
        mayGo.length);
    return Arrays.stream(shortened(split.encode(words)).words())
        .map(word -> word != Encoding.SPECIAL && mayGo[word] ? 1 : 0)
        .toArray();
  }

  /** Words from 0 on without gaps, which words leave of which no piece is known. */
  private static int[] numbered(int[] words) {
    int[] dense = new int[words.length];
    int next = -1;
    int latest = Encoding.SPECIAL;
    for (int i = 0; i < words.length; i++) {
      if (words[i] != Encoding.SPECIAL && words[i] != latest) {
        latest = words[i];
        next++;
      }
      dense[i] = words[i] == Encoding.SPECIAL ? Encoding.SPECIAL : next;
    }
    return dense;
  }

  private static void put(IntBuffer into, int at, int[] values, int width, int filler) {
    into.position(at);
    into.put(values);
    for (int i = values.length; i < width; i++) {
      into.put(filler);
    }
  }

  private static TInt32 matrix(IntBuffer values, int width) {
    values.clear();
    return TInt32.tensorOf(Shape.of(values.capacity() / width, width), DataBuffers.of(values));
  }
}
