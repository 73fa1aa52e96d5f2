package dev.kindred.rl.env;

import java.util.List;

/**
 * A world that an agent acts in, step by step, by the contract of Gymnasium: {@link #reset} begins
 * an episode, {@link #step} acts until the result says that the episode is over.
 *
 * <p>Deterministic: the same seed and the same actions give the same bytes. An environment is
 * confined to one thread at a time; several of them may run in several threads.
 *
 * @param <O> an observation: {@code float[]} for a state, {@link Frame} for a picture
 * @param <A> an action: {@link Integer} for a choice, {@code float[]} for continuous control
 */
public interface Environment<O, A> extends AutoCloseable {
  /** What every observation lies in. */
  Space<O> observationSpace();

  /** What every action must lie in. */
  Space<A> actionSpace();

  /**
   * The names of the true state's variables, which every {@link Start} and {@link Step} carries in
   * its {@code info}, in this order; empty where there are none.
   */
  List<String> variables();

  /**
   * Begins an episode, also in the middle of another.
   *
   * @param seed what everything random of the episode derives from
   */
  Start<O> reset(long seed);

  /**
   * Acts.
   *
   * @throws IllegalArgumentException if the action is not in {@link #actionSpace}
   * @throws IllegalStateException if no episode was begun, or it is over
   */
  Step<O> step(A action);

  /** Frees what the environment holds; may be called twice. */
  @Override
  default void close() {}
}
