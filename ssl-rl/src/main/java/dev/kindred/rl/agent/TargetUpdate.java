package dev.kindred.rl.agent;

import dev.kindred.runtime.Require;

/**
 * How target networks follow the trained ones: at every so many updates, {@code target = (1 -
 * share) target + share trained}.
 *
 * @param every updates from one step of the target to the next, {@code >= 1}
 * @param share how far it steps, in {@code (0, 1]}
 */
public record TargetUpdate(int every, double share) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public TargetUpdate {
    Require.atLeastOne("every", every);
    Require.that(share > 0 && share <= 1, "share", "in (0, 1]", share);
  }

  /** A copy at every so many updates (Mnih et al. 2015). */
  public static TargetUpdate copy(int every) {
    return new TargetUpdate(every, 1);
  }

  /** A moving average: a small step at every update (Lillicrap et al. 2016, arXiv:1509.02971). */
  public static TargetUpdate soft(double share) {
    return new TargetUpdate(1, share);
  }

  /** How much of the target's weights stays at the update of this number, which counts from 1. */
  float kept(long update) {
    return update % every == 0 ? (float) (1 - share) : 1;
  }
}
