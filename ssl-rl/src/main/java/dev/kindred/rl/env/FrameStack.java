package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Observes the last few pictures as one, the oldest first, so that motion can be seen. At the
 * beginning of an episode all of them are its first.
 *
 * @param <A> an action
 */
public final class FrameStack<A> extends Wrapper<Frame, Frame, A> {
  private final int frames;
  private final Deque<Frame> last = new ArrayDeque<>();

  /**
   * Stacks the pictures of {@code inner}, which becomes this environment's.
   *
   * @param frames how many, {@code >= 1}
   */
  public FrameStack(Environment<Frame, A> inner, int frames) {
    super(inner, stacked(Space.Pixels.of(inner), frames));
    this.frames = frames;
  }

  private static Space.Pixels stacked(Space.Pixels one, int frames) {
    Require.atLeastOne("frames", frames);
    return new Space.Pixels(frames * one.channels(), one.height(), one.width());
  }

  @Override
  protected Frame first(Frame observation) {
    last.clear();
    last.addAll(Collections.nCopies(frames, observation));
    return Frame.stack(List.copyOf(last));
  }

  @Override
  protected Frame next(Frame observation) {
    last.removeFirst();
    last.addLast(observation);
    return Frame.stack(List.copyOf(last));
  }
}
