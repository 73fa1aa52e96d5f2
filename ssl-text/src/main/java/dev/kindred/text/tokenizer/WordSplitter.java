package dev.kindred.text.tokenizer;

import java.util.List;

/** Cuts a text into words and marks, which a tokenizer then cuts into pieces. */
@FunctionalInterface
public interface WordSplitter {
  /** The words of {@code text} in their order, none of them empty. */
  List<String> words(String text);
}
