package dev.kindred.text.data;

import dev.kindred.runtime.Require;

/**
 * Two sentences and how alike people found them.
 *
 * @param subset the part of the benchmark that they are of, such as {@code MSRpar}
 * @param score the mean of the judgements, finite; 0 to 5 in the STS benchmarks, the more the more
 *     alike
 * @param first a sentence
 * @param second another
 */
public record SentencePair(String subset, double score, String first, String second) {
  /**
   * Checks the score.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public SentencePair {
    Require.that(Double.isFinite(score), "score", "finite", score);
  }
}
