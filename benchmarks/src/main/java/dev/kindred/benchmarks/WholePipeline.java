package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.data.BatchPlan;
import dev.kindred.data.BatchSource;
import dev.kindred.data.Dataset;
import dev.kindred.data.ViewPipeline;
import dev.kindred.train.StepPoint;
import dev.kindred.train.TrainingStep;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * Trains as {@code Pretraining} does, on batches that are read, packed and fed. Its figure is
 * examples a second; a round includes starting to read.
 */
final class WholePipeline<E> implements Contestant {
  private final Dataset<E> data;
  private final ViewPipeline<E, ?> views;
  private final TrainingStep<E, ?> step;
  private final LongFunction<StepPoint> point;
  private final BatchPlan plan;
  private final int steps;
  private long done;

  /**
   * Starts at the first step.
   *
   * @param point where in a run the step of a number is
   * @param batch the examples of a step
   * @param steps the steps of a round
   */
  WholePipeline(
      Dataset<E> data,
      ViewPipeline<E, ?> views,
      TrainingStep<E, ?> step,
      LongFunction<StepPoint> point,
      int batch,
      int steps) {
    this.data = data;
    this.views = views;
    this.step = step;
    this.point = point;
    this.plan = new BatchPlan(data.size(), batch, 0);
    this.steps = steps;
  }

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public double measure() {
    double seconds = Contestant.seconds(() -> train(steps, number -> {}));
    return (double) plan.batchSize() * steps / seconds;
  }

  /** Trains {@code count} steps more and tells {@code after} the number of each, from 1. */
  void train(int count, LongConsumer after) {
    try (BatchSource<E> batches = new BatchSource<>(data, views, plan.from(done), true)) {
      for (int i = 0; i < count; i++) {
        try (Batch batch = batches.next()) {
          step.run(batch, point.apply(++done));
        }
        after.accept(done);
      }
    }
  }
}
