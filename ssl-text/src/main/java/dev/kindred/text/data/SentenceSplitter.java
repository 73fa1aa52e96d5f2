package dev.kindred.text.data;

import java.util.List;

/** Cuts a document into sentences. Safe for use from several threads at once. */
@FunctionalInterface
public interface SentenceSplitter {
  /** The sentences of {@code document} in their order, stripped, none of them empty. */
  List<String> sentences(String document);
}
