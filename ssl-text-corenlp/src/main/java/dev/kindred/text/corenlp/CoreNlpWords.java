package dev.kindred.text.corenlp;

import dev.kindred.text.tokenizer.WordSplitter;
import edu.stanford.nlp.ling.CoreLabel;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts English text into words and marks as the Penn Treebank does: {@code don't} gives {@code do}
 * and {@code n't}, {@code Smith's} gives {@code Smith} and {@code 's}, {@code well-known} is three
 * words, and {@code Dr.} keeps its stop. Needs no models.
 *
 * <p>Words are the text's own characters, each once: brackets, quotes and spelling stay as they
 * are, and the stop of an abbreviation that ends a sentence is the abbreviation's. No word has
 * white space in it. Control characters are left out.
 *
 * <p>The time grows with the text, except that thousands of marks with no space between them, such
 * as emoji, may take its square. Immutable, deterministic, and safe for use from several threads at
 * once.
 */
public final class CoreNlpWords implements WordSplitter {
  @Override
  public List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int end = 0;
    for (CoreLabel token : PennTreebank.tokens(text)) {
      // The stop of "the U.S." comes once more, as the sentence's.
      if (token.beginPosition() >= end) {
        end = token.endPosition();
        words.addAll(parts(text.substring(token.beginPosition(), end)));
      }
    }
    return List.copyOf(words);
  }

  /** Numbers such as {@code 5 7/8} and tags such as {@code <a href="b">} are one token. */
  private static List<String> parts(String token) {
    return PennTreebank.SPACE.splitAsStream(token).filter(part -> !part.isEmpty()).toList();
  }
}
