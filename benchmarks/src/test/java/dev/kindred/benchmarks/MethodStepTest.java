package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.method.Method;
import dev.kindred.runtime.Precision;
import dev.kindred.vision.ImageViews;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MethodStepTest {
  static Stream<Method> methods() {
    return Stream.concat(
        MethodRace.methods().stream(),
        Arrays.stream(Memory.Second.values()).map(Memory.Second::method));
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
