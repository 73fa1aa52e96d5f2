package dev.kindred.text.data;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sentence rules of the JDK, within paragraphs. */
record JdkSplitter(Locale language) implements SentenceSplitter {
  private static final Pattern BLANK_LINES = Pattern.compile("(?>\\R)\\s*\\R");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  @Override
  public List<String> sentences(String document) {
    return BLANK_LINES
        .splitAsStream(document)
        .map(paragraph -> SPACES.matcher(paragraph).replaceAll(" "))
        .flatMap(this::cut)
        .map(String::strip)
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }

  private Stream<String> cut(String paragraph) {
    BreakIterator ends = BreakIterator.getSentenceInstance(language);
    ends.setText(paragraph);
    Stream.Builder<String> sentences = Stream.builder();
    int start = ends.first();
    for (int end = ends.next(); end != BreakIterator.DONE; end = ends.next()) {
      sentences.add(paragraph.substring(start, end));
      start = end;
    }
    return sentences.build();
  }
}
