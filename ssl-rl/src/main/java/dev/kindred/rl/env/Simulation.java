package dev.kindred.rl.env;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A simulated world: a state that is observed as numbers, and a picture of it. What is common to
 * all: the rules of {@link Environment} are checked here, so that a world only says how it begins,
 * how it moves and how it looks. It has no time limit; {@link TimeLimit} gives it one.
 *
 * @param <A> an action
 */
public abstract class Simulation<A> implements Environment<float[], A> {
  private final Space.Box observations;
  private final Space<A> actions;
  private final List<String> variables;
  private boolean running;
  private boolean begun;
  private @Nullable RandomGenerator random;

  /**
   * Sets the rules.
   *
   * @param observations what {@link #observe} gives
   * @param actions what {@link #advance} takes
   * @param variables the names of what {@link #truth} gives
   */
  protected Simulation(Space.Box observations, Space<A> actions, List<String> variables) {
    this.observations = observations;
    this.actions = actions;
    this.variables = List.copyOf(variables);
  }

  /**
   * What one step of the world gave.
   *
   * @param reward what was earned
   * @param terminated whether the world has come to an end
   */
  protected record Outcome(double reward, boolean terminated) {}

  /** Makes the world anew; all that is random in it comes from {@link #random}. */
  protected abstract void begin();

  /** Moves the world by one step; {@code action} is in the action space. */
  protected abstract Outcome advance(A action);

  /** What an agent is told of the state, in the observation space. */
  protected abstract float[] observe();

  /** The true state, one number for each of {@link #variables}. */
  protected abstract double[] truth();

  /** Draws the world as it is; the background is painted already. */
  public abstract void draw(Canvas canvas);

  /** The colour behind everything, as {@code 0xRRGGBB}. */
  public abstract int background();

  /** The randomness of the episode. */
  protected final RandomGenerator random() {
    return begun(random);
  }

  /**
   * What {@link #begin} has made.
   *
   * @throws IllegalStateException if it has not yet
   */
  protected static <T> T begun(@Nullable T made) {
    if (made == null) {
      throw new IllegalStateException("reset must be called before the world is used");
    }
    return made;
  }

  @Override
  public final Space.Box observationSpace() {
    return observations;
  }

  @Override
  public final Space<A> actionSpace() {
    return actions;
  }

  @Override
  public final List<String> variables() {
    return variables;
  }

  @Override
  public final Start<float[]> reset(long seed) {
    random = new SplittableRandom(seed);
    begin();
    begun = true;
    running = true;
    return new Start<>(observe(), info());
  }

  @Override
  public final Step<float[]> step(A action) {
    if (!begun) {
      throw new IllegalStateException("reset must be called before the first step");
    }
    if (!running) {
      throw new IllegalStateException("the episode is over; call reset before the next step");
    }
    if (!actions.contains(action)) {
      throw new IllegalArgumentException(
          "action must be in %s, was %s".formatted(actions, actions.show(action)));
    }
    Outcome outcome = advance(action);
    running = !outcome.terminated();
    return new Step<>(observe(), outcome.reward(), outcome.terminated(), false, info());
  }

  private Map<String, Double> info() {
    double[] values = truth();
    Map<String, Double> info = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      info.put(variables.get(i), values[i]);
    }
    return Collections.unmodifiableMap(info);
  }
}
