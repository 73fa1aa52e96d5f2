package dev.kindred.rl.env;

import java.util.Map;
import java.util.function.Function;

/**
 * What an action led to.
 *
 * @param observation the observation after it
 * @param reward what it earned
 * @param terminated whether the world came to an end: nothing is to be earned after this
 * @param truncated whether the episode was cut, by a time limit say, in a world that goes on: what
 *     would have been earned after this is unknown, not zero
 * @param info what is known beside, in the order of {@link Environment#variables} and after these
 *     perhaps more; not to be modified
 * @param <O> an observation
 */
public record Step<O>(
    O observation, double reward, boolean terminated, boolean truncated, Map<String, Double> info) {
  /** Whether the episode is over, for whatever reason. */
  public boolean over() {
    return terminated || truncated;
  }

  /**
   * One of the {@link #info}'s values.
   *
   * @throws IllegalArgumentException if there is none of that name, listing those that there are
   */
  public double value(String name) {
    return Start.value(info, name);
  }

  /** The same with another observation. */
  public <P> Step<P> map(Function<O, P> change) {
    return new Step<>(change.apply(observation), reward, terminated, truncated, info);
  }
}
