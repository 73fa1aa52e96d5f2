package dev.kindred.rl.env;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Repeats what another policy chooses. */
final class HeldActions<O, A> implements Policy<O, A> {
  private final Policy<O, A> chooser;
  private final int steps;
  private @Nullable A held;
  private int left;

  HeldActions(Policy<O, A> chooser, int steps) {
    this.chooser = chooser;
    this.steps = steps;
  }

  @Override
  public A act(O observation, RandomGenerator random) {
    A action = held;
    if (action == null || left == 0) {
      action = chooser.act(observation, random);
      held = action;
      left = steps;
    }
    left--;
    return action;
  }
}
