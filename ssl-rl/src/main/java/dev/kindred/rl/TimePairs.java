package dev.kindred.rl;

import dev.kindred.runtime.Require;

/**
 * Which observations of an episode are the views of one example. Views never cross an episode's
 * end.
 *
 * @param kind how they lie in time
 * @param steps the distance; 0 for {@link Kind#SAME} and for nothing else
 */
public record TimePairs(Kind kind, int steps) {
  /** How views lie in time. */
  public enum Kind {
    /** Both are of one observation, each with its own augmentation: CURL, BYOL, VICReg. */
    SAME,
    /** An observation, and that of exactly so many steps later: ATC. */
    AHEAD,
    /** An observation, and one of 1 to so many steps later, all equally likely. */
    WITHIN,
    /** An observation, and each of as many that follow it: latent prediction. */
    RUN
  }

  /** Checks the distance. */
  public TimePairs {
    if (kind == Kind.SAME) {
      Require.that(steps == 0, "steps between views of one observation", "0", steps);
    } else {
      Require.atLeastOne("steps between views", steps);
    }
  }

  /** Two views of one observation. */
  public static TimePairs same() {
    return new TimePairs(Kind.SAME, 0);
  }

  /** An observation and that of {@code steps} later. */
  public static TimePairs ahead(int steps) {
    return new TimePairs(Kind.AHEAD, steps);
  }

  /** An observation and one of up to {@code steps} later. */
  public static TimePairs within(int steps) {
    return new TimePairs(Kind.WITHIN, steps);
  }

  /** An observation and the {@code steps} after it. */
  public static TimePairs run(int steps) {
    return new TimePairs(Kind.RUN, steps);
  }

  /** How many views these are. */
  public int views() {
    return kind == Kind.RUN ? steps + 1 : 2;
  }
}
