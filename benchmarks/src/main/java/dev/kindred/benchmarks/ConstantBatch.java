package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.data.Feeds;
import dev.kindred.train.TrainingStep;

/**
 * Trains on one batch over and over: the step without anything around it. Its figure is units a
 * second.
 */
public final class ConstantBatch implements Contestant {
  private final String name;
  private final TrainingStep<?, ?> step;
  private final Batch batch;
  private final int units;
  private final int steps;
  private long done;
  private float loss = Float.NaN;

  /**
   * Creates the contestant; step and feeds stay the caller's.
   *
   * @param units what one step counts for: its images, or its views
   * @param steps the steps of one round
   * @throws IllegalArgumentException if {@code steps < 1}
   */
  public ConstantBatch(String name, TrainingStep<?, ?> step, Feeds feeds, int units, int steps) {
    this(name, step, Batch.of(feeds), units, steps);
  }

  /** The same of a batch that may have labels. */
  ConstantBatch(String name, TrainingStep<?, ?> step, Batch batch, int units, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, was " + steps);
    }
    this.name = name;
    this.step = step;
    this.batch = batch;
    this.units = units;
    this.steps = steps;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double measure() {
    return (double) units * steps / Contestant.seconds(this::round);
  }

  /** The loss of the last step; NaN before the first. */
  public float loss() {
    return loss;
  }

  private void round() {
    for (int i = 0; i < steps; i++) {
      loss = step.run(batch, SimClrStep.point(++done)).loss();
    }
  }
}
