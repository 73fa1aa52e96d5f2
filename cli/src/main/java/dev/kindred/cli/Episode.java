package dev.kindred.cli;

import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.Step;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How an episode went.
 *
 * @param earned the sum of its rewards
 * @param steps how many it had
 * @param ended how it ended, for a person
 */
record Episode(double earned, int steps, String ended) {
  /**
   * Plays one, with the random numbers that a {@link dev.kindred.rl.data.Recorder} of that seed has
   * for its first.
   *
   * @param most steps after which it is stopped
   * @param shown is given every observation
   */
  static <O, A> Episode play(
      Environment<O, A> environment, Policy<O, A> policy, long seed, int most, Consumer<O> shown) {
    SplittableRandom random = new SplittableRandom(seed);
    O seen = environment.reset(random.nextLong()).observation();
    shown.accept(seen);
    double earned = 0;
    for (int steps = 1; ; steps++) {
      Step<O> step = environment.step(policy.act(seen, random));
      seen = step.observation();
      shown.accept(seen);
      earned += step.reward();
      if (step.over() || steps == most) {
        return new Episode(earned, steps, ended(step));
      }
    }
  }

  private static String ended(Step<?> step) {
    if (step.terminated()) {
      return "when it was over";
    }
    return step.truncated() ? "at the time limit" : "at --steps";
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "return %.1f in %d steps, ended %s", earned, steps, ended);
  }
}
