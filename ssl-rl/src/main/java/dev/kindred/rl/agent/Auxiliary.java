package dev.kindred.rl.agent;

import dev.kindred.method.Method;
import dev.kindred.runtime.Require;

/**
 * A self-supervised method that trains an agent's encoder beside the rewards, on the observations
 * of the same batch: {@code loss = the agent's + weight the method's}. Its views are augmentations
 * of one observation, as in CURL (Laskin et al. 2020, arXiv:2004.04136).
 *
 * <p>A run has no known end for it: {@link dev.kindred.method.MethodScope#progress} stays 0.
 *
 * @param method one that needs no labels
 * @param weight what its loss counts, {@code > 0}
 */
public record Auxiliary(Method method, double weight) {
  /**
   * Checks the method and the weight.
   *
   * @throws IllegalArgumentException if the method needs labels, or the weight is not positive
   */
  public Auxiliary {
    Require.that(
        !method.needsLabels(),
        "method",
        "one without labels",
        String.valueOf(method.settings().get("name")));
    Require.positive("weight", weight);
  }
}
