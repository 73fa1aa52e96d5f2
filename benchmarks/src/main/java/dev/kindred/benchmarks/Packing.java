package dev.kindred.benchmarks;

import dev.kindred.data.BatchPlan;
import dev.kindred.data.Dataset;
import dev.kindred.data.ViewPipeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Packs batches of examples that are in memory, other ones in each round. Its figure is examples a
 * second.
 */
final class Packing<E> implements Contestant {
  private static final long SEED = 1;

  private final Dataset<E> data;
  private final ViewPipeline<E, ?> views;
  private final int batch;
  private final int count;
  private final Iterator<int[]> plan;

  /**
   * Plans batches that are not those of {@link WholePipeline}.
   *
   * @param batch the examples of a batch
   * @param count the batches of a round
   */
  Packing(Dataset<E> data, ViewPipeline<E, ?> views, int batch, int count) {
    this.data = data;
    this.views = views;
    this.batch = batch;
    this.count = count;
    this.plan = new BatchPlan(data.size(), batch, SEED).from(0);
  }

  @Override
  public String name() {
    return "pack";
  }

  @Override
  public double measure() {
    List<List<E>> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(Arrays.stream(plan.next()).mapToObj(data::get).toList());
    }
    double seconds =
        Contestant.seconds(() -> batches.forEach(examples -> views.pack(examples).close()));
    return (double) batch * count / seconds;
  }
}
