package dev.kindred.text.data;

import java.util.List;
import java.util.Locale;

/** Cuts a document into sentences. Safe for use from several threads at once. */
@FunctionalInterface
public interface SentenceSplitter {
  /** The sentences of {@code document} in their order, stripped, none of them empty. */
  List<String> sentences(String document);

  /**
   * The rules of the JDK's {@link java.text.BreakIterator} for a language. Blank lines end a
   * sentence too; other line breaks do not, they are taken for spaces. Quick and without a model,
   * it takes every full stop before a capital for an end, also that of an abbreviation.
   *
   * @param language such as {@link Locale#ENGLISH}
   */
  static SentenceSplitter jdk(Locale language) {
    return new JdkSplitter(language);
  }

  /** Does not cut: each document that holds text is one example, stripped. */
  static SentenceSplitter whole() {
    return document -> document.isBlank() ? List.of() : List.of(document.strip());
  }
}
