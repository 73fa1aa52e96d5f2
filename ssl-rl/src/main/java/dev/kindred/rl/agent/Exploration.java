package dev.kindred.rl.agent;

import dev.kindred.runtime.Require;

/**
 * How often an agent acts at random: the probability falls on a line from {@code start} to {@code
 * end} during the first {@code steps} steps, and stays.
 *
 * @param start the probability at first, in {@code [0, 1]}
 * @param end the probability in the end, in {@code [0, 1]}
 * @param steps how many steps of the environment the fall takes, {@code >= 1}
 */
public record Exploration(double start, double end, int steps) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Exploration {
    Require.share("start", start);
    Require.share("end", end);
    Require.atLeastOne("steps", steps);
  }

  /** The probability after so many steps of the environment. */
  public double at(long step) {
    return start + (end - start) * Math.min(1, step / (double) steps);
  }
}
