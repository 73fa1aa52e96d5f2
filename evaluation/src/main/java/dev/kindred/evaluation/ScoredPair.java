package dev.kindred.evaluation;

import dev.kindred.runtime.Require;

/**
 * Two examples, and how similar people found them.
 *
 * @param <E> an example, or its vector
 * @param id the pair's name, for messages
 * @param subset which part of its set it is of, such as {@code headlines}; of a set without parts,
 *     any one name
 * @param score the gold similarity, finite; only its order within the set matters to Spearman
 * @param first the one
 * @param second the other
 */
public record ScoredPair<E>(String id, String subset, double score, E first, E second) {
  /**
   * Checks the score.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public ScoredPair {
    Require.that(Double.isFinite(score), "the score of pair " + id, "finite", score);
  }

  /** The same pair of other examples. */
  <V> ScoredPair<V> with(V one, V other) {
    return new ScoredPair<>(id, subset, score, one, other);
  }
}
