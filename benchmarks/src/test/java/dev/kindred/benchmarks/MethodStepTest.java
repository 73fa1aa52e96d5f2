package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.method.Method;
import dev.kindred.method.MoCo;
import dev.kindred.method.Momentum;
import dev.kindred.method.SimClr;
import dev.kindred.runtime.Precision;
import dev.kindred.vision.ImageViews;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MethodStepTest {
  /** One of each kind: alone, beside a momentum encoder with a queue, and what is weighed. */
  static Stream<Method> methods() {
    return Stream.of(
        SimClr.defaults(),
        new MoCo(8, 4, 0.1, 24, Momentum.constant(0.9), true, 1),
        new TwoTrainedBranches(List.of(8, 4), List.of(8, 4)));
  }

  @Test
  void noMethodRunsTwiceInARace() {
    assertThat(MethodRace.methods())
        .extracting(method -> method.settings().get("name"))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aMethodTakesAStep(Method method) {
    ImageViews views = ImageViews.simClr(SimClrStep.SIZE).canvas(SimClrStep.SIZE);
    try (MethodStep step = new MethodStep(method, views, 1, Precision.FLOAT32, 4, 1)) {
      assertThat(step.name()).isEqualTo(method.settings().get("name"));
      assertThat(step.measure()).isPositive();
      assertThat(step.loss()).isFinite();
    }
  }
}
