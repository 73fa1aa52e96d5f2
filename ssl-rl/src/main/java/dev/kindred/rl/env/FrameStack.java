package dev.kindred.rl.env;

import dev.kindred.runtime.Require;

/**
 * Observes the last few pictures as one, the oldest first, so that motion can be seen. At the
 * beginning of an episode all of them are its first.
 *
 * @param <A> an action
 */
public final class FrameStack<A> extends Wrapper<Frame, Frame, A> {
  private final History<Frame> history;

  /**
   * Stacks the pictures of {@code inner}, which becomes this environment's.
   *
   * @param frames how many, {@code >= 1}
   */
  public FrameStack(Environment<Frame, A> inner, int frames) {
    super(inner, History.stacked(Space.Pixels.of(inner), Require.atLeastOne("frames", frames)));
    history = new History<>(inner.observationSpace(), frames);
  }

  @Override
  protected Frame first(Frame observation) {
    return history.begin(observation);
  }

  @Override
  protected Frame next(Frame observation) {
    return history.next(observation);
  }
}
