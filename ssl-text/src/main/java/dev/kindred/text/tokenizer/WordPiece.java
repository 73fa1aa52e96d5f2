package dev.kindred.text.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * BERT's tokenizer. A text is cleaned of control characters, its capitals and accents taken away
 * where wanted, and cut into words at white space, punctuation and Chinese characters; each word is
 * then cut from left to right into the longest pieces that there are, {@code ##} before those that
 * continue one ({@code encoder} becomes {@code encode ##r}). A word that cannot be cut so, or has
 * more than 100 characters, is one {@code [UNK]}. {@code [CLS]} goes before and {@code [SEP]}
 * after, unless {@link #withoutSpecials}.
 *
 * <p>Gives the same ids as Hugging Face's {@code tokenizers}, but for some 400 rare characters that
 * Unicode got after 2015, which Java knows and that library does not. Devlin et al., BERT, 2019; Wu
 * et al., Google's Neural Machine Translation System, 2016.
 */
public final class WordPiece extends FramedTokenizer {
  static final String CLS = "[CLS]";
  static final String SEP = "[SEP]";

  /** {@code [PAD] [UNK] [CLS] [SEP] [MASK]}, as BERT calls them. */
  static final List<String> SPECIALS =
      List.of("[PAD]", Spelling.BERT.unknown(), CLS, SEP, "[MASK]");

  private final BertWords splitter;
  private final Spelling spelling;
  private final int unknown;
  private final int longest;
  private final Map<String, Integer> continuations;

  WordPiece(
      Vocabulary vocabulary,
      AddedTokens added,
      Frame frame,
      BertWords splitter,
      Spelling spelling) {
    super(vocabulary, added, frame);
    this.splitter = splitter;
    this.spelling = spelling;
    this.unknown = vocabulary.require(spelling.unknown());
    this.longest = vocabulary.pieces().stream().mapToInt(String::length).max().orElse(0);
    this.continuations = continuations(vocabulary, spelling.continuation());
  }

  /**
   * BERT's tokenizer with a vocabulary.
   *
   * @param pieces by id; among them {@code [PAD]}, {@code [UNK]}, {@code [CLS]} and {@code [SEP]}
   * @param lowerCase whether capitals and accents are taken away
   * @throws IllegalArgumentException if one of those is missing, or a piece is empty or there twice
   */
  public static WordPiece of(List<String> pieces, boolean lowerCase) {
    Vocabulary vocabulary = Vocabulary.of(pieces);
    return new WordPiece(
        vocabulary,
        AddedTokens.specials(vocabulary, SPECIALS),
        Frame.of(vocabulary.require(CLS), vocabulary.require(SEP)),
        BertWords.of(lowerCase),
        Spelling.BERT);
  }

  /** The same without anything before and after a text. */
  public WordPiece withoutSpecials() {
    return new WordPiece(vocabulary(), added(), Frame.NONE, splitter, spelling);
  }

  private static Map<String, Integer> continuations(Vocabulary vocabulary, String prefix) {
    Map<String, Integer> ids = new HashMap<>();
    vocabulary
        .ids()
        .forEach(
            (piece, id) -> {
              if (piece.startsWith(prefix)) {
                ids.put(piece.substring(prefix.length()), id);
              }
            });
    return ids;
  }

  @Override
  void cut(String text, Pieces out) {
    splitter.forEach(text, word -> cutWord(word, out));
  }

  private void cutWord(String word, Pieces out) {
    out.nextWord();
    int[] ids = ids(word);
    if (ids == null) {
      out.add(unknown);
    } else {
      out.addAll(ids);
    }
  }

  /** The longest pieces from left to right, or null where there are none. */
  private int @Nullable [] ids(String word) {
    if (word.codePointCount(0, word.length()) > spelling.longestWord()) {
      return null;
    }
    int[] ids = new int[word.length()];
    int count = 0;
    for (int start = 0; start < word.length(); ) {
      int end = end(word, start);
      if (end == start) {
        return null;
      }
      ids[count++] = id(word, start, end);
      start = end;
    }
    return Arrays.copyOf(ids, count);
  }

  private int end(String word, int start) {
    int end = Math.min(word.length(), start + longest);
    while (end > start && id(word, start, end) < 0) {
      end--;
    }
    return end;
  }

  private int id(String word, int start, int end) {
    Map<String, Integer> from = start == 0 ? vocabulary().ids() : continuations;
    return from.getOrDefault(word.substring(start, end), -1);
  }

  @Override
  Map<String, Object> json() {
    return TokenizerJson.of(this, splitter, spelling);
  }

  /**
   * How pieces are spelt.
   *
   * @param unknown what stands for a word that cannot be cut
   * @param continuation what pieces begin with that continue a word
   * @param longestWord the most characters of a word that is cut at all
   */
  record Spelling(String unknown, String continuation, int longestWord) {
    static final Spelling BERT = new Spelling("[UNK]", "##", 100);
  }
}
