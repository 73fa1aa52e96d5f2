package dev.kindred.rl.djl;

import ai.djl.modality.rl.ActionSpace;
import ai.djl.modality.rl.ReplayBuffer;
import ai.djl.modality.rl.env.RlEnv;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.kindred.rl.env.Environment;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An environment for DJL's agents, with a memory of DJL's: one that is observed as vectors, such as
 * a {@link dev.kindred.rl.EncodedEnvironment}, and acted in by choices.
 *
 * <p>An observation is a float array {@code [size]}, an action one of {@code [choices]} that is 1
 * in its place and 0 elsewhere, a reward one without dimensions. DJL knows one kind of end, so that
 * an episode that is cut counts as one whose world has ended: give a time limit that agents seldom
 * meet.
 *
 * <p>Arrays are lent: those of an observation and its action space until the next step or reset,
 * those of a step until then too, or, in a batch, until the next batch. An agent that keeps one
 * duplicates it into a manager of its own. Confined to one thread.
 */
public final class KindredRlEnv implements RlEnv {
  private final Environment<float[], Integer> environment;
  private final Choices choices;
  private final NDManager manager;
  private final ReplayBuffer replay;
  private final SplittableRandom seeds;
  private float[] seen;
  private Sight sight;
  private @Nullable Transition latest;
  private Step[] batch = {};

  /**
   * Takes over an environment, and begins its first episode.
   *
   * @param environment becomes this one's
   * @param manager makes arrays; stays the caller's
   * @param replay remembers the steps of training
   * @param seed what every episode's seed derives from; what DJL itself draws, batches and
   *     exploration, it draws as {@link ai.djl.engine.Engine#setRandomSeed} told it
   */
  public KindredRlEnv(
      Environment<float[], Integer> environment,
      NDManager manager,
      ReplayBuffer replay,
      long seed) {
    this.environment = environment;
    choices = Choices.of(environment.actionSpace());
    this.manager = manager.newSubManager();
    this.replay = replay;
    seeds = new SplittableRandom(seed);
    seen = environment.reset(seeds.nextLong()).observation();
    sight = new Sight(seen, choices, this.manager);
  }

  @Override
  public void reset() {
    show(environment.reset(seeds.nextLong()).observation());
  }

  private void show(float[] observation) {
    free();
    seen = observation;
    sight = new Sight(observation, choices, manager);
  }

  private void free() {
    sight.close();
    if (latest != null) {
      latest.close();
      latest = null;
    }
  }

  @Override
  public NDList getObservation() {
    return sight.observation();
  }

  @Override
  public ActionSpace getActionSpace() {
    return sight.actions();
  }

  /**
   * {@inheritDoc}
   *
   * @param action one of {@link #getActionSpace}, or equal to one
   * @param training whether the step is remembered
   * @throws IllegalArgumentException if it is no such action
   * @throws IllegalStateException if the episode is over
   */
  @Override
  public Step step(NDList action, boolean training) {
    int choice = choices.read(action);
    float[] before = seen;
    dev.kindred.rl.env.Step<float[]> step = environment.step(choice);
    show(step.observation());
    latest =
        new Transition(
            manager,
            choices,
            before,
            choice,
            (float) step.reward(),
            step.observation(),
            step.over());
    if (training) {
      replay.addStep(latest);
    }
    return latest;
  }

  /** Steps that the memory draws, which must hold some; those of the batch before are freed. */
  @Override
  public Step[] getBatch() {
    for (Step step : batch) {
      step.close();
    }
    batch = replay.getBatch();
    return batch;
  }

  /** Frees all arrays and the environment; may be called twice. */
  @Override
  public void close() {
    free();
    manager.close();
    environment.close();
  }
}
