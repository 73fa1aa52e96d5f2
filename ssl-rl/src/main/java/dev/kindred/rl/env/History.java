package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The latest observations of an episode as the one that an agent acts on: a stack of pictures, the
 * oldest first, whose first is repeated where there are fewer. With a stack of 1 an observation
 * stays as it is. {@link dev.kindred.rl.replay.ReplayBuffer} makes the same stacks. Confined to one
 * thread.
 *
 * @param <O> an observation
 */
public final class History<O> {
  private final int stack;
  private final Deque<O> latest = new ArrayDeque<>();

  /**
   * Creates an empty history.
   *
   * @param space what single observations lie in
   * @param stack how many of them make one, {@code >= 1}; 1 for vectors
   * @throws IllegalArgumentException if the stack is below 1, or vectors are to be stacked
   */
  public History(Space<O> space, int stack) {
    stacked(space, stack);
    this.stack = stack;
  }

  /**
   * The space of stacks.
   *
   * @param space what single observations lie in
   * @param stack how many of them make one, {@code >= 1}; 1 for anything but pictures
   * @throws IllegalArgumentException if the stack is below 1, or others are to be stacked
   */
  @SuppressWarnings("unchecked")
  public static <O> Space<O> stacked(Space<O> space, int stack) {
    Require.atLeastOne("stack", stack);
    if (stack == 1) {
      return space;
    }
    if (space instanceof Space.Pixels pixels) {
      return (Space<O>)
          new Space.Pixels(stack * pixels.channels(), pixels.height(), pixels.width());
    }
    throw new IllegalArgumentException(
        "stack must be 1 for observations that are not pictures, was " + stack);
  }

  /** Begins an episode, and returns its first stack. */
  public O begin(O first) {
    latest.clear();
    latest.addAll(Collections.nCopies(stack, first));
    return latest();
  }

  /**
   * Goes on by one observation, and returns its stack.
   *
   * @throws IllegalStateException if no episode was begun
   */
  public O next(O observation) {
    if (latest.isEmpty()) {
      throw new IllegalStateException("begin must be called before the next observation");
    }
    latest.removeFirst();
    latest.addLast(observation);
    return latest();
  }

  /**
   * The stack of the latest observations. Only pictures are stacked, as the constructor has seen
   * to.
   *
   * @throws IllegalStateException if no episode was begun
   */
  @SuppressWarnings("unchecked")
  public O latest() {
    if (latest.isEmpty()) {
      throw new IllegalStateException("begin must be called before the first observation");
    }
    return stack == 1 ? latest.getLast() : (O) Frame.stack((List<Frame>) List.copyOf(latest));
  }
}
