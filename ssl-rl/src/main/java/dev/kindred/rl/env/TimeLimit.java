package dev.kindred.rl.env;

import dev.kindred.runtime.Require;

/**
 * An environment whose episodes are truncated after so many steps, unless they have ended before.
 *
 * @param <O> an observation
 * @param <A> an action
 */
public final class TimeLimit<O, A> extends Wrapper<O, O, A> {
  private final int limit;
  private int steps;

  /**
   * Limits {@code inner}, which becomes this environment's.
   *
   * @param limit steps of an episode, {@code >= 1}
   */
  public TimeLimit(Environment<O, A> inner, int limit) {
    super(inner, inner.observationSpace());
    this.limit = Require.atLeastOne("time limit", limit);
  }

  /** The most steps of an episode. */
  public int limit() {
    return limit;
  }

  @Override
  protected O next(O observation) {
    return observation;
  }

  @Override
  public Start<O> reset(long seed) {
    Start<O> start = super.reset(seed);
    steps = 0;
    return start;
  }

  @Override
  public Step<O> step(A action) {
    if (steps >= limit) {
      throw new IllegalStateException(
          "the episode was truncated after %d steps; call reset before the next step"
              .formatted(limit));
    }
    Step<O> step = super.step(action);
    steps++;
    return steps < limit
        ? step
        : new Step<>(step.observation(), step.reward(), step.terminated(), true, step.info());
  }
}
