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
  /** The same with another observation. */
  public <P> Start<P> map(Function<O, P> change) {
    return new Start<>(change.apply(observation), info);
  }
}
