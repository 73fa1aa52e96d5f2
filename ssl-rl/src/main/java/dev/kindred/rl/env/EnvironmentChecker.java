package dev.kindred.rl.env;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Checks that an environment keeps the contract of {@link Environment}, as Gymnasium's {@code
 * check_env} does: to be called in the test of a new one.
 */
public final class EnvironmentChecker {
  private static final int STEPS = 10_000;
  private static final long SEED = 20_240_607;

  private EnvironmentChecker() {}

  /**
   * Checks an environment by running it with random actions; it is not closed, and must be {@link
   * Environment#reset} before it is used again.
   *
   * <ul>
   *   <li>A step before the first reset is refused, as is an action outside the space;
   *   <li>every observation is in its space, every info has every variable, every reward is finite;
   *   <li>the same seed and actions give the same bytes;
   *   <li>a step after the end is refused, if an episode ends within 10,000 steps;
   *   <li>a {@link TimeLimit} truncates at its limit and not before.
   * </ul>
   *
   * @param environment one that was never reset
   * @throws IllegalStateException if one of these does not hold, saying which
   */
  public static <O, A> void check(Environment<O, A> environment) {
    new Checks<>(environment).all();
  }

  private record Checks<O, A>(Environment<O, A> environment) {
    void all() {
      refusesToStep("before the first reset");
      refusesOtherActions();
      repeats();
      ends();
    }

    private A action(SplittableRandom random) {
      A action = environment.actionSpace().sample(random);
      that(
          environment.actionSpace().contains(action),
          "a sampled action must be in the action space, was %s",
          environment.actionSpace().show(action));
      return action;
    }

    private void refusesToStep(String when) {
      A action = action(new SplittableRandom(SEED));
      that(
          refuses(IllegalStateException.class, () -> environment.step(action)),
          "step must throw IllegalStateException %s",
          when);
    }

    private void refusesOtherActions() {
      environment.reset(SEED);
      outside(environment.actionSpace())
          .ifPresent(
              action ->
                  that(
                      refuses(IllegalArgumentException.class, () -> environment.step(action)),
                      "step must throw IllegalArgumentException for %s, outside the action space",
                      environment.actionSpace().show(action)));
    }

    private void repeats() {
      SplittableRandom random = new SplittableRandom(SEED);
      List<A> actions = random.ints(20).mapToObj(i -> action(random)).toList();
      that(
          trace(actions).equals(trace(actions)),
          "the same seed and the same actions must give the same bytes");
    }

    private List<Object> trace(List<A> actions) {
      Start<O> start = environment.reset(SEED);
      seen("reset", start.observation(), start.info());
      List<Object> trace = new ArrayList<>(List.of(bytes(start.observation()), start.info()));
      for (A action : actions) {
        Step<O> step = environment.step(action);
        trace.add(step.map(observation -> bytes(observation)));
        if (step.over()) {
          break;
        }
      }
      return trace;
    }

    private void ends() {
      SplittableRandom random = new SplittableRandom(SEED);
      environment.reset(SEED);
      for (int i = 1; i <= STEPS; i++) {
        Step<O> step = environment.step(action(random));
        seen("step " + i, step.observation(), step.info());
        that(Double.isFinite(step.reward()), "the reward of step %d must be finite", i);
        truncatesInTime(step, i);
        if (step.over()) {
          refusesToStep("after the end of an episode");
          return;
        }
      }
    }

    private void truncatesInTime(Step<O> step, int steps) {
      if (environment instanceof TimeLimit<?, ?> limited) {
        that(
            step.truncated() == (steps == limited.limit()),
            "a time limit of %d must truncate there, not at step %d",
            limited.limit(),
            steps);
      }
    }

    private void seen(String when, O observation, Map<String, Double> info) {
      Space<O> space = environment.observationSpace();
      that(
          space.contains(observation),
          "the observation of %s must be in %s, was %s",
          when,
          space,
          space.show(observation));
      List<String> variables = environment.variables();
      that(
          info.keySet().stream().limit(variables.size()).toList().equals(variables),
          "the info of %s must begin with %s, had %s",
          when,
          variables,
          info.keySet());
    }
  }

  private static void that(boolean holds, String rule, Object... values) {
    if (!holds) {
      throw new IllegalStateException(rule.formatted(values));
    }
  }

  /** Whether {@code act} throws such an exception. */
  private static boolean refuses(Class<? extends Exception> refusal, Runnable act) {
    try {
      act.run();
      return false;
    } catch (IllegalStateException | IllegalArgumentException e) {
      return refusal.isInstance(e);
    }
  }

  /** An observation as something that is equal by value, to the bit. */
  private static Object bytes(Object observation) {
    if (observation instanceof Frame frame) {
      return ByteBuffer.wrap(frame.samples());
    }
    if (observation instanceof float[] numbers) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length);
      bytes.asFloatBuffer().put(numbers);
      return bytes;
    }
    return observation;
  }

  /** An action outside the space; none is known of a space of pictures. */
  private static <A> Optional<A> outside(Space<A> space) {
    if (space instanceof Space.Discrete discrete) {
      return Optional.of(as(discrete.n()));
    }
    if (space instanceof Space.Box box) {
      float[] notNumbers = new float[box.size()];
      Arrays.fill(notNumbers, Float.NaN);
      return Optional.of(as(notNumbers));
    }
    return Optional.empty();
  }

  /** The kind of space says what an action is, which the compiler does not see. */
  @SuppressWarnings("unchecked")
  private static <A> A as(Object action) {
    return (A) action;
  }
}
