package dev.kindred.text.corenlp;

import dev.kindred.text.data.SentenceSplitter;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.process.WordToSentenceProcessor;
import edu.stanford.nlp.process.WordToSentenceProcessor.NewlineIsSentenceBreak;
import java.util.List;

/**
 * Cuts English text into sentences by CoreNLP's rules, which know abbreviations, numbers and
 * brackets and quotes that close after the full stop. Needs no models.
 *
 * <p>A sentence is the document's own text, with each run of white space as one space. Immutable,
 * deterministic, and safe for use from several threads at once. A document is held in memory as a
 * whole, with some hundred bytes for each of its words.
 */
public final class CoreNlpSentences implements SentenceSplitter {
  private final WordToSentenceProcessor<CoreLabel> splitter;

  private CoreNlpSentences(NewlineIsSentenceBreak lineEnds) {
    splitter = new WordToSentenceProcessor<>(lineEnds);
  }

  /** For running text: a sentence may go over several lines, and an empty line ends it. */
  public static CoreNlpSentences ofParagraphs() {
    return new CoreNlpSentences(NewlineIsSentenceBreak.TWO_CONSECUTIVE);
  }

  /** For text without wrapped lines: each end of line ends a sentence too. */
  public static CoreNlpSentences ofLines() {
    return new CoreNlpSentences(NewlineIsSentenceBreak.ALWAYS);
  }

  @Override
  public List<String> sentences(String document) {
    return splitter.process(PennTreebank.tokensAndLineEnds(document)).stream()
        .map(tokens -> text(document, tokens))
        .toList();
  }

  private static String text(String document, List<CoreLabel> tokens) {
    int begin = tokens.get(0).beginPosition();
    int end = tokens.get(tokens.size() - 1).endPosition();
    return PennTreebank.SPACE.matcher(document.substring(begin, end)).replaceAll(" ");
  }
}
