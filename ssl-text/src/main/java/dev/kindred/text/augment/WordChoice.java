package dev.kindred.text.augment;

import java.util.List;

/**
 * Says which words of a text a view may delete ({@link WordDeletion}); the draw among them is the
 * view's. Safe for use from several threads at once, and the same words always get the same answer.
 */
@FunctionalInterface
public interface WordChoice {
  /** For each of {@code words}, the words of a text in their order, whether it may go. */
  boolean[] choose(List<String> words);

  /**
   * What a run's configuration calls this choice. Choices that are told apart by it say what they
   * are; {@code own} says only that there was one.
   */
  default String name() {
    return "own";
  }
}
