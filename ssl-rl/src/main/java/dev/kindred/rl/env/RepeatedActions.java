package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.util.List;

/**
 * Does every action several times, and shows what is seen after the last: an agent that decides
 * less often, and pictures between which something has moved. Rewards are added up; an episode that
 * ends on the way ends there.
 *
 * @param <O> an observation
 * @param <A> an action
 */
public final class RepeatedActions<O, A> implements Environment<O, A> {
  private final Environment<O, A> inner;
  private final int times;

  /**
   * Repeats actions in {@code inner}, which becomes this environment's.
   *
   * @param times {@code >= 1}
   */
  public RepeatedActions(Environment<O, A> inner, int times) {
    this.inner = inner;
    this.times = Require.atLeastOne("repeats of an action", times);
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
    return inner.reset(seed);
  }

  @Override
  public Step<O> step(A action) {
    Step<O> step = inner.step(action);
    double reward = step.reward();
    for (int i = 1; i < times && !step.over(); i++) {
      step = inner.step(action);
      reward += step.reward();
    }
    return new Step<>(step.observation(), reward, step.terminated(), step.truncated(), step.info());
  }

  @Override
  public void close() {
    inner.close();
  }
}
