package dev.kindred.rl.agent;

import dev.kindred.rl.env.History;
import dev.kindred.rl.env.Step;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Who acts in an environment and learns from what comes of it. Deterministic: the same seed,
 * observations and calls give the same bytes. Confined to one thread.
 *
 * @param <O> an observation
 * @param <A> an action
 */
public interface Agent<O, A> extends AutoCloseable {
  /** An empty history that makes of single observations what {@link #act} takes. */
  History<O> history();

  /**
   * Chooses an action.
   *
   * @param observation of the latest, as {@link #history} stacks them
   * @param explore whether to act as is best for learning; else as the agent thinks best
   */
  A act(O observation, boolean explore);

  /** Tells the first observation of an episode, unstacked. */
  void begin(O first);

  /**
   * Tells what an action led to, with the observation unstacked, and learns if it is time to.
   *
   * @return the loss of what was learnt, if anything was
   * @throws IllegalStateException if no episode was begun, or it is over
   * @throws dev.kindred.train.DivergedException if the loss is not a finite number
   */
  OptionalDouble observe(A action, Step<O> step);

  /**
   * Writes all weights, the optimizer's state and how far learning is to one file, whole or not at
   * all. What is remembered of the environment is not in it.
   *
   * @throws dev.kindred.runtime.KindredException if the file cannot be written
   */
  void save(Path file);

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws dev.kindred.runtime.KindredException if the file cannot be read, or is of another
   *     agent; this agent is then as it was
   */
  void load(Path file);

  /** Frees the networks; may be called twice. */
  @Override
  void close();
}
