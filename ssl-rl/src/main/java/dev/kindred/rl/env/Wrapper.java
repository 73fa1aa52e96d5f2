package dev.kindred.rl.env;

import java.util.List;

/**
 * An environment around another one, which it owns: everything is the inner one's but the
 * observations, and whatever else a subclass changes.
 *
 * @param <I> an observation of the inner environment
 * @param <O> an observation
 * @param <A> an action
 */
public abstract class Wrapper<I, O, A> implements Environment<O, A> {
  private final Environment<I, A> inner;
  private final Space<O> observations;

  /**
   * Wraps.
   *
   * @param inner what is wrapped, which becomes this environment's
   * @param observations what {@link #first} and {@link #next} give
   */
  protected Wrapper(Environment<I, A> inner, Space<O> observations) {
    this.inner = inner;
    this.observations = observations;
  }

  /** What is observed instead of an episode's first observation: as of any other, unless told. */
  protected O first(I observation) {
    return next(observation);
  }

  /** What is observed instead of the inner environment's observation after a step. */
  protected abstract O next(I observation);

  @Override
  public final Space<O> observationSpace() {
    return observations;
  }

  @Override
  public final Space<A> actionSpace() {
    return inner.actionSpace();
  }

  @Override
  public final List<String> variables() {
    return inner.variables();
  }

  @Override
  public Start<O> reset(long seed) {
    return inner.reset(seed).map(this::first);
  }

  @Override
  public Step<O> step(A action) {
    return inner.step(action).map(this::next);
  }

  @Override
  public void close() {
    inner.close();
  }
}
