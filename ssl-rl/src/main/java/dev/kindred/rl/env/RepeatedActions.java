package dev.kindred.rl.env;

import dev.kindred.runtime.Require;

/**
 * Does every action several times, and shows what is seen after the last: an agent that decides
 * less often, and pictures between which something has moved. Rewards are added up; an episode that
 * ends on the way ends there.
 *
 * @param <O> an observation
 * @param <A> an action
 */
public final class RepeatedActions<O, A> extends Wrapper<O, O, A> {
  private final int times;

  /**
   * Repeats actions in {@code inner}, which becomes this environment's.
   *
   * @param times {@code >= 1}
   */
  public RepeatedActions(Environment<O, A> inner, int times) {
    super(inner, inner.observationSpace());
    this.times = Require.atLeastOne("repeats of an action", times);
  }

  @Override
  protected O next(O observation) {
    return observation;
  }

  @Override
  public Step<O> step(A action) {
    Step<O> step = super.step(action);
    double reward = step.reward();
    for (int i = 1; i < times && !step.over(); i++) {
      step = super.step(action);
      reward += step.reward();
    }
    return new Step<>(step.observation(), reward, step.terminated(), step.truncated(), step.info());
  }
}
