package dev.kindred.text.augment;

import java.util.List;

/**
 * Says which words of a text a view may delete; the draw among them is the view's. Safe for use
 * from several threads at once, and the same words always get the same answer.
 */
@FunctionalInterface
public interface WordChoice {
  /** For each of {@code words}, the words of one sentence in their order, whether it may go. */
  boolean[] choose(List<String> words);
}
