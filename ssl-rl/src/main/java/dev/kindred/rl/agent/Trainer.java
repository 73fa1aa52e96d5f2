package dev.kindred.rl.agent;

import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.History;
import dev.kindred.rl.env.Step;
import dev.kindred.runtime.Require;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Lets an agent act in an environment and learn from it. A run may be cut into pieces: the next
 * goes on where the last was. Deterministic by its seed and the agent's. Confined to one thread.
 *
 * @param <O> an observation
 * @param <A> an action
 */
public final class Trainer<O, A> {
  private final Agent<O, A> agent;
  private final Environment<O, A> environment;
  private final SplittableRandom seeds;
  private final History<O> history;
  private boolean running;
  private long steps;
  private long episodes;
  private int length;
  private double earned;
  private double losses;
  private int updates;

  /**
   * Creates a trainer that has done nothing yet.
   *
   * @param agent stays the caller's
   * @param environment stays the caller's, and is used by nobody else meanwhile
   * @param seed what every episode's seed derives from
   */
  public Trainer(Agent<O, A> agent, Environment<O, A> environment, long seed) {
    this.agent = agent;
    this.environment = environment;
    seeds = new SplittableRandom(seed);
    history = agent.history();
  }

  /** How many steps of the environment were made. */
  public long steps() {
    return steps;
  }

  /**
   * Acts and learns.
   *
   * @param more steps of the environment, {@code >= 1}
   * @param listener hears of every episode that is over
   * @throws dev.kindred.train.DivergedException if the loss is not a finite number
   */
  public void run(long more, Consumer<EpisodeReport> listener) {
    Require.atLeastOne("steps", more);
    for (long end = steps + more; steps < end; ) {
      A action = agent.act(running ? history.latest() : begin(), true);
      Step<O> step = environment.step(action);
      history.next(step.observation());
      count(step, agent.observe(action, step));
      if (step.over()) {
        running = false;
        listener.accept(new EpisodeReport(++episodes, steps, length, earned, losses / updates));
      }
    }
  }

  private O begin() {
    O first = environment.reset(seeds.nextLong()).observation();
    agent.begin(first);
    running = true;
    length = 0;
    earned = 0;
    losses = 0;
    updates = 0;
    return history.begin(first);
  }

  private void count(Step<O> step, OptionalDouble loss) {
    steps++;
    length++;
    earned += step.reward();
    if (loss.isPresent()) {
      losses += loss.getAsDouble();
      updates++;
    }
  }

  /**
   * What an agent earns in whole episodes when it does not explore; it learns nothing.
   *
   * @param environment stays the caller's; another than the one that a trainer is at
   * @param episodes how many, {@code >= 1}
   * @param seed what the episodes' seeds derive from: the same for the same comparison
   * @return the sum of each episode's rewards
   */
  public static <O, A> double[] evaluate(
      Agent<O, A> agent, Environment<O, A> environment, int episodes, long seed) {
    Require.atLeastOne("episodes", episodes);
    SplittableRandom seeds = new SplittableRandom(seed);
    double[] returns = new double[episodes];
    for (int i = 0; i < episodes; i++) {
      returns[i] = episode(agent, environment, seeds.nextLong());
    }
    return returns;
  }

  private static <O, A> double episode(
      Agent<O, A> agent, Environment<O, A> environment, long seed) {
    History<O> history = agent.history();
    O seen = history.begin(environment.reset(seed).observation());
    double earned = 0;
    boolean over = false;
    while (!over) {
      Step<O> step = environment.step(agent.act(seen, false));
      seen = history.next(step.observation());
      earned += step.reward();
      over = step.over();
    }
    return earned;
  }
}
