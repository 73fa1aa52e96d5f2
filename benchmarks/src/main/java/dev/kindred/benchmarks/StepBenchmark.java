package dev.kindred.benchmarks;

import dev.kindred.data.Batch;
import dev.kindred.data.Feeds;
import dev.kindred.data.ViewPipeline;
import dev.kindred.runtime.Precision;
import dev.kindred.train.TrainingStep;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.GeneratedShapes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A whole training step on one batch, with SimCLR's views in it or on views that are ready: the
 * difference is what the views cost.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
public class StepBenchmark {
  /** Where the views of a step come from. */
  public enum Views {
    /** Made in the step. */
    SIMCLR,
    /** Fed. */
    READY
  }

  /** Where the views come from. */
  @Param({"SIMCLR", "READY"})
  public Views views;

  /** The number of images. */
  @Param("256")
  public int batch;

  /** The channels of the network's first stage. */
  @Param("16")
  public int width;

  /** The arithmetic. */
  @Param("FLOAT32")
  public Precision precision;

  private TrainingStep<?, ?> step;
  private Feeds feeds;
  private long done;

  /** Builds the step and packs the batch. */
  @Setup
  public void setUp() {
    switch (views) {
      case SIMCLR -> {
        GeneratedShapes shapes = GeneratedShapes.of(batch, SimClrStep.SIZE, 0);
        prepare(
            ImageViews.simClr(SimClrStep.SIZE).canvas(SimClrStep.SIZE),
            IntStream.range(0, batch).mapToObj(shapes::get).toList());
      }
      case READY -> {
        ReadyViews ready = new ReadyViews(SimClrStep.SIZE, 2);
        prepare(ready, ready.noise(batch, 0));
      }
    }
  }

  /** Frees everything. */
  @TearDown
  public void tearDown() {
    feeds.close();
    step.close();
  }

  /** One step. */
  @Benchmark
  public float step() {
    return step.run(Batch.of(feeds), SimClrStep.point(++done)).loss();
  }

  private <E> void prepare(ViewPipeline<E, Operand<TFloat32>> pipeline, List<E> examples) {
    step = SimClrStep.of(pipeline, width, precision);
    feeds = pipeline.pack(examples);
  }
}
