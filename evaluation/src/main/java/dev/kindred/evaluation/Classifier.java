package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;

/** A way to learn classes from labelled rows and to tell those of others. */
@FunctionalInterface
public interface Classifier {
  /**
   * Learns from rows, and classifies others.
   *
   * @param training labelled rows, of two classes at least
   * @param test labelled rows; a class here is the training rows' of the same name
   * @throws dev.kindred.runtime.KindredException if a row has no label, the training rows have one
   *     class only, a test row's class does not occur in them, or the two differ in width
   */
  Classification evaluate(Embeddings training, Embeddings test);
}
