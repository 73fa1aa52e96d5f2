package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.util.random.RandomGenerator;

/**
 * How to act.
 *
 * @param <O> an observation
 * @param <A> an action
 */
@FunctionalInterface
public interface Policy<O, A> {
  /**
   * An action.
   *
   * @param observation what is seen
   * @param random what is random in the choice comes from here
   */
  A act(O observation, RandomGenerator random);

  /** Random play: every action drawn from {@code space}, whatever is seen. */
  static <O, A> Policy<O, A> random(Space<A> space) {
    return (observation, random) -> space.sample(random);
  }

  /**
   * The same policy, asked only at every so many steps, its action repeated between: random play
   * that gets somewhere where single steps cancel each other. It counts its steps, so each run
   * needs its own.
   *
   * @param steps how long an action is held, {@code >= 1}
   */
  default Policy<O, A> held(int steps) {
    Require.atLeastOne("held steps", steps);
    return new HeldActions<>(this, steps);
  }
}
