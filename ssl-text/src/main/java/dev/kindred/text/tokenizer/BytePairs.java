package dev.kindred.text.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The byte-level byte-pair encoding of GPT-2 and RoBERTa. A text is cut into words with the space
 * before each ({@code " cat"}), a word into the bytes of its UTF-8, and pairs of pieces are merged
 * in the order in which the training made them; so no text is unknown. Pieces spell a byte as one
 * letter, a space as {@code Ġ}. {@code <s>} goes before and {@code </s>} after, unless {@link
 * #withoutSpecials}.
 *
 * <p>Gives the same ids as Hugging Face's {@code tokenizers}. Sennrich et al., Neural Machine
 * Translation of Rare Words with Subword Units, 2016; Radford et al., 2019; Liu et al., RoBERTa,
 * 2019.
 */
public final class BytePairs extends FramedTokenizer {
  static final String START = "<s>";
  static final String END = "</s>";

  /** {@code <s> <pad> </s> <unk> <mask>}, as RoBERTa calls them. */
  static final List<String> SPECIALS = List.of(START, "<pad>", END, "<unk>", "<mask>");

  private static final Pattern WORD =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final RememberedWords words = new RememberedWords(this::ids);
  private final Merges merges;
  private final boolean prefixSpace;
  private final int[] bytes;

  BytePairs(
      Vocabulary vocabulary, AddedTokens added, Frame frame, Merges merges, boolean prefixSpace) {
    super(vocabulary, added, frame);
    this.merges = merges;
    this.prefixSpace = prefixSpace;
    this.bytes = new int[ByteLetters.COUNT];
    for (int value = 0; value < bytes.length; value++) {
      bytes[value] = vocabulary.require(ByteLetters.letter(value));
    }
  }

  /** The same without anything before and after a text. */
  public BytePairs withoutSpecials() {
    return new BytePairs(vocabulary(), added(), Frame.NONE, merges, prefixSpace);
  }

  /** The words of {@code text} in their order, each with the space before it; all of the text. */
  static List<String> words(String text, boolean prefixSpace) {
    List<String> words = new ArrayList<>();
    forEachWord(text, prefixSpace, words::add);
    return words;
  }

  private static void forEachWord(String text, boolean prefixSpace, Consumer<String> action) {
    boolean bare = prefixSpace && !text.startsWith(" ") && !text.isEmpty();
    Matcher matcher = WORD.matcher(bare ? " " + text : text);
    while (matcher.find()) {
      action.accept(matcher.group());
    }
  }

  @Override
  void cut(String text, Pieces out) {
    forEachWord(
        text,
        prefixSpace,
        word -> {
          out.nextWord();
          out.addAll(words.pieces(word));
        });
  }

  private int[] ids(String word) {
    return merges.apply(bytes(word));
  }

  private int[] bytes(String word) {
    byte[] values = word.getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = bytes[Byte.toUnsignedInt(values[i])];
    }
    return ids;
  }

  @Override
  Map<String, Object> json() {
    return TokenizerJson.of(this, merges, prefixSpace);
  }
}
