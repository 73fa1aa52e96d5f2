package dev.kindred.rl.env;

import java.util.Map;
import java.util.function.Function;

/**
 * How an episode begins.
 *
 * @param observation the first observation
 * @param info what is known beside it, in the order of {@link Environment#variables} and after
 *     these perhaps more; not to be modified
 * @param <O> an observation
 */
public record Start<O>(O observation, Map<String, Double> info) {
  /**
   * One of the {@link #info}'s values.
   *
   * @throws IllegalArgumentException if there is none of that name, listing those that there are
   */
  public double value(String name) {
    return value(info, name);
  }

  /** The same with another observation. */
  public <P> Start<P> map(Function<O, P> change) {
    return new Start<>(change.apply(observation), info);
  }

  static double value(Map<String, Double> info, String name) {
    Double value = info.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "variable must be one of %s, was %s".formatted(String.join(", ", info.keySet()), name));
    }
    return value;
  }
}
