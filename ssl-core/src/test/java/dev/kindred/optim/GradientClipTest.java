package dev.kindred.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.nn.Parameter.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientClipTest {
  private static final List<Rig.Spec> SPECS =
      List.of(Rig.Spec.zero("a", Role.WEIGHT, 2), Rig.Spec.zero("b", Role.WEIGHT));

  @Test
  void scalesAllGradientsByTheNormOfAllOfThem() {
    // |(2, 3, 6)| = 7
    List<float[]> actual = clip(3.5f, new float[] {2, 3}, 6);
    assertThat(actual.get(0)).containsExactly(new float[] {1, 1.5f}, within(1e-6f));
    assertThat(actual.get(1)).containsExactly(new float[] {3}, within(1e-6f));
    assertThat(actual.get(2)).containsExactly(new float[] {7}, within(1e-6f));
  }

  @Test
  void leavesShorterGradientsAlone() {
    List<float[]> actual = clip(7.5f, new float[] {2, 3}, 6);
    assertThat(actual.get(0)).containsExactly(2, 3);
    assertThat(actual.get(1)).containsExactly(6);
  }

  @Test
  void leavesZeroGradientsAlone() {
    List<float[]> actual = clip(1f, new float[2], 0);
    assertThat(actual.get(0)).containsExactly(0, 0);
    assertThat(actual.get(2)).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 1e30f})
  void makesEveryGradientNanWhereTheNormIsNotFinite(float bad) {
    List<float[]> actual = clip(1f, new float[] {2, 3}, bad);
    assertThat(actual.get(0)).containsExactly(Float.NaN, Float.NaN);
    assertThat(actual.get(1)).containsExactly(Float.NaN);
    assertThat(Float.isFinite(actual.get(2)[0])).isFalse();
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> GradientClip.globalNorm(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max norm must be finite and > 0, was 0.0");
    try (Rig rig = new Rig(List.of())) {
      assertThatThrownBy(() -> GradientClip.globalNorm(1).apply(rig.tf, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("gradients must be at least one, was none");
    }
  }

  /** The two clipped gradients and the norm. */
  private static List<float[]> clip(float maxNorm, float[] a, float b) {
    try (Rig rig = new Rig(SPECS)) {
      ClippedGradients clipped = GradientClip.globalNorm(maxNorm).apply(rig.tf, rig.gradients);
      rig.start();
      return rig.fetch(
          List.of(),
          List.of(
              clipped.gradients().get(0).gradient(),
              clipped.gradients().get(1).gradient(),
              clipped.norm()),
          1f,
          1,
          List.of(a, new float[] {b}));
    }
  }
}
