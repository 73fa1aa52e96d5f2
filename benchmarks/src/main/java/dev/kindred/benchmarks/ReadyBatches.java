package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.data.BatchPlan;
import dev.kindred.data.BatchSource;
import dev.kindred.data.Dataset;
import dev.kindred.data.ViewPipeline;
import dev.kindred.train.StepPoint;
import dev.kindred.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Trains on the batches that {@link WholePipeline} reads in the same round, but read and packed
 * before the clock starts: the step without anything around it, on examples of the same sizes. Its
 * figure is examples a second.
 */
final class ReadyBatches<E> implements Contestant {
  private final Dataset<E> data;
  private final ViewPipeline<E, ?> views;
  private final TrainingStep<E, ?> step;
  private final LongFunction<StepPoint> point;
  private final BatchPlan plan;
  private final int steps;
  private long done;

  ReadyBatches(
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
    return "ready";
  }

  @Override
  public double measure() {
    List<Batch> batches = new ArrayList<>();
    try (BatchSource<E> source = new BatchSource<>(data, views, plan.from(done), true)) {
      for (int i = 0; i < steps; i++) {
        batches.add(source.next());
      }
    }
    try {
      return (double) plan.batchSize()
          * steps
          / Contestant.seconds(() -> batches.forEach(this::train));
    } finally {
      batches.forEach(Batch::close);
    }
  }

  private void train(Batch batch) {
    step.run(batch, point.apply(++done));
  }
}
