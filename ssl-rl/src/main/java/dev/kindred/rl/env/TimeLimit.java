package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.util.List;

/**
 * An environment whose episodes are truncated after so many steps, unless they have ended before.
 *
 * @param <O> an observation
 * @param <A> an action
 */
public final class TimeLimit<O, A> implements Environment<O, A> {
  private final Environment<O, A> inner;
  private final int limit;
  private int steps;

  /**
   * Limits {@code inner}, which becomes this environment's.
   *
   * @param limit steps of an episode, {@code >= 1}
   */
  public TimeLimit(Environment<O, A> inner, int limit) {
    this.inner = inner;
    this.limit = Require.atLeastOne("time limit", limit);
  }

  /** The most steps of an episode. */
  public int limit() {
    return limit;
  }

  @Override
  public Space<O> observationSpace() {
    return inner.observationSpace();
  }

  @Override
  public Space<A> actionSpace() {
    return inner.actionSpace();
  }

  @Override
  public List<String> variables() {
    return inner.variables();
  }

  @Override
  public Start<O> reset(long seed) {
    steps = 0;
    return inner.reset(seed);
  }

  @Override
  public Step<O> step(A action) {
    if (steps >= limit) {
      throw new IllegalStateException(
          "the episode was truncated after %d steps; call reset before the next step"
              .formatted(limit));
    }
    Step<O> step = inner.step(action);
    steps++;
    return steps < limit
        ? step
        : new Step<>(step.observation(), step.reward(), step.terminated(), true, step.info());
  }

  @Override
  public void close() {
    inner.close();
  }
}
