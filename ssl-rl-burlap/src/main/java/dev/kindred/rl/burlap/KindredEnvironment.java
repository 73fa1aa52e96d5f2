package dev.kindred.rl.burlap;

import burlap.mdp.core.action.Action;
import burlap.mdp.core.action.UniversalActionType;
import burlap.mdp.core.state.State;
import burlap.mdp.singleagent.SADomain;
import burlap.mdp.singleagent.environment.Environment;
import burlap.mdp.singleagent.environment.EnvironmentOutcome;
import dev.kindred.rl.env.Space;
import dev.kindred.rl.env.Step;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An environment for BURLAP's learners: one that is observed as vectors, such as a {@link
 * dev.kindred.rl.EncodedEnvironment}, and acted in by choices, which are named {@code choice0},
 * {@code choice1} and so on.
 *
 * <p>An episode that is cut is over, so that learners leave it, but its last outcome is not
 * terminated, so that they still ask what the last state is worth. The domain has actions and no
 * model: it serves learners, not planners. Confined to one thread.
 */
public final class KindredEnvironment implements Environment, AutoCloseable {
  private final dev.kindred.rl.env.Environment<float[], Integer> environment;
  private final List<String> names;
  private final SplittableRandom seeds;
  private Representation seen;
  private double reward;
  private boolean over;

  /**
   * Takes over an environment, and begins its first episode.
   *
   * @param environment becomes this one's
   * @param seed what every episode's seed derives from; what BURLAP itself draws comes from its
   *     {@link burlap.debugtools.RandomFactory}
   */
  public KindredEnvironment(
      dev.kindred.rl.env.Environment<float[], Integer> environment, long seed) {
    this.environment = environment;
    names = names(environment.actionSpace());
    seeds = new SplittableRandom(seed);
    seen = begin();
  }

  private static List<String> names(Space<Integer> actions) {
    // No other space is one of integers.
    int n = ((Space.Discrete) actions).n();
    return IntStream.range(0, n).mapToObj(i -> "choice" + i).toList();
  }

  private Representation begin() {
    return new Representation(environment.reset(seeds.nextLong()).observation());
  }

  /** The actions of this environment: a new domain each time, which stays the caller's. */
  public SADomain domain() {
    SADomain domain = new SADomain();
    names.forEach(name -> domain.addActionType(new UniversalActionType(name)));
    return domain;
  }

  @Override
  public State currentObservation() {
    return seen;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if it is no action of {@link #domain}
   * @throws IllegalStateException if the episode is over
   */
  @Override
  public EnvironmentOutcome executeAction(Action action) {
    Representation before = seen;
    Step<float[]> step = environment.step(choice(action.actionName()));
    seen = new Representation(step.observation());
    reward = step.reward();
    over = step.over();
    return new EnvironmentOutcome(before, action, seen, reward, step.terminated());
  }

  private int choice(String name) {
    int choice = names.indexOf(name);
    if (choice < 0) {
      throw new IllegalArgumentException(
          "action must be one of %s, was %s".formatted(String.join(", ", names), name));
    }
    return choice;
  }

  /** What the last action of the episode earned; 0 before the first. */
  @Override
  public double lastReward() {
    return reward;
  }

  /** Whether the episode is over, for whatever reason. */
  @Override
  public boolean isInTerminalState() {
    return over;
  }

  @Override
  public void resetEnvironment() {
    seen = begin();
    reward = 0;
    over = false;
  }

  /** Frees the environment; may be called twice. */
  @Override
  public void close() {
    environment.close();
  }
}
