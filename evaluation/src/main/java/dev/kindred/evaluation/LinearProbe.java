package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;

/**
 * A linear classifier trained on frozen representations: the usual measure of what an encoder has
 * learned. {@link LogisticProbe} finds the one best classifier and is the one to use; {@link
 * SgdProbe} follows the protocol by which published numbers were made.
 *
 * <p>Both minimise the cross-entropy of {@code softmax(W x + b)}, and are deterministic on one
 * machine and safe for use from several threads.
 */
public sealed interface LinearProbe extends Classifier permits LogisticProbe, SgdProbe {

  /** {@link LogisticProbe#defaults}. */
  static LogisticProbe logistic() {
    return LogisticProbe.defaults();
  }

  /** {@link SgdProbe#defaults}. */
  static SgdProbe sgd(long seed) {
    return SgdProbe.defaults(seed);
  }

  /**
   * Trains a classifier.
   *
   * @param training labelled rows, of two classes at least
   * @throws KindredException if a row has no label, or there is one class only
   */
  LinearClassifier fit(Embeddings training);

  /**
   * Trains a classifier, and tests it on other rows.
   *
   * @param training labelled rows, of two classes at least
   * @param test labelled rows; a class here is the training rows' of the same name
   * @throws KindredException if a row has no label, the training rows have one class only, a test
   *     row's class does not occur in them, or the two differ in width
   */
  @Override
  default Classification evaluate(Embeddings training, Embeddings test) {
    // What the test rows must be is checked before the work.
    Labelled.requireComparable(training, "test rows", test);
    return fit(training).evaluate(test);
  }
}
