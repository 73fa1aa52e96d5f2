package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.runtime.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MicroBenchmarksTest {
  private static final int BATCH = 4;

  @ParameterizedTest
  @EnumSource
  void lossRuns(TimedLoss loss) {
    LossBenchmark benchmark = new LossBenchmark();
    benchmark.loss = loss;
    benchmark.batch = BATCH;
    benchmark.setUp();

    assertThat(benchmark.forwardsAndBackwards()).isFinite();
    benchmark.tearDown();
  }

  @Test
  void viewsRun() {
    ViewsBenchmark benchmark = new ViewsBenchmark();
    benchmark.batch = BATCH;
    benchmark.setUp();

    assertThat(benchmark.pack()).isEqualTo(BATCH);
    benchmark.graph();
    benchmark.tearDown();
  }

  @ParameterizedTest
  @EnumSource
  void stepRuns(StepBenchmark.Views views) {
    StepBenchmark benchmark = new StepBenchmark();
    benchmark.views = views;
    benchmark.batch = BATCH;
    benchmark.width = 1;
    benchmark.precision = Precision.FLOAT32;
    benchmark.setUp();

    assertThat(benchmark.step()).isPositive().isFinite();
    benchmark.tearDown();
  }
}
