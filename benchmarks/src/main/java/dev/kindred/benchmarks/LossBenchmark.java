package dev.kindred.benchmarks;

import java.util.concurrent.TimeUnit;
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

/** Every loss forwards and backwards, on projections as wide as SimCLR's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
public class LossBenchmark {
  /** The number of examples. */
  @Param("512")
  public int batch;

  /** Which loss. */
  @Param public TimedLoss loss;

  private LossRun run;

  /** Builds loss and gradients, and draws the projections. */
  @Setup
  public void setUp() {
    run = new LossRun(batch, LossRun.WIDTH, loss::of);
  }

  /** Frees everything. */
  @TearDown
  public void tearDown() {
    run.close();
  }

  /** The loss and its gradients by the projections. */
  @Benchmark
  public float forwardsAndBackwards() {
    return run.run();
  }
}
