package dev.kindred.text.corenlp;

import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.process.CoreLabelTokenFactory;
import edu.stanford.nlp.process.PTBTokenizer;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;

/**
 * CoreNLP's rules for English words. Its lexer is not safe for several threads, so each text gets
 * one of its own.
 */
final class PennTreebank {
  /** White space of any script, line ends included. */
  static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /** Keeps the characters that the rules do not know, as words, and warns of none. */
  private static final String KEEP_ALL = "untokenizable=noneKeep";

  private PennTreebank() {}

  /** The tokens of {@code text}, with their places in it. */
  static List<CoreLabel> tokens(String text) {
    return tokens(text, KEEP_ALL);
  }

  /** The tokens of {@code text}, and one for each end of line. */
  static List<CoreLabel> tokensAndLineEnds(String text) {
    return tokens(text, KEEP_ALL + ",tokenizeNLs=true");
  }

  private static List<CoreLabel> tokens(String text, String options) {
    return new PTBTokenizer<>(new StringReader(text), new CoreLabelTokenFactory(), options)
        .tokenize();
  }
}
