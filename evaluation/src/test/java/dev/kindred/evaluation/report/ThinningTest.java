package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ThinningTest {
  private static final int LONG = 50_000;

  @Test
  void keepsAShortCurveWhole() {
    assertThat(Thinning.of(curve(1200))).hasSize(1200);
  }

  @Test
  void boundsALongCurveAndKeepsItsOrder() {
    List<float[]> points = Thinning.of(curve(LONG));
    assertThat(points).hasSizeLessThanOrEqualTo(Thinning.STRETCHES * Thinning.KEPT_OF_A_STRETCH);
    assertThat(points).isSortedAccordingTo((a, b) -> Float.compare(a[0], b[0]));
  }

  @Test
  void losesNoPeakNoDipAndNoGap() {
    SortedMap<Long, Double> curve = curve(LONG);
    curve.put(12_345L, 1000.0);
    curve.put(23_456L, -1000.0);
    curve.put(34_567L, Double.NaN);
    assertThat(Thinning.of(curve))
        .contains(
            new float[] {12_345, 1000},
            new float[] {23_456, -1000},
            new float[] {34_567, Float.NaN});
  }

  @Test
  void keepsAGapOfACurveThatIsNothingElse() {
    SortedMap<Long, Double> curve = curve(LONG);
    curve.replaceAll((x, y) -> Double.NaN);
    assertThat(Thinning.of(curve)).hasSize(Thinning.STRETCHES);
  }

  private static SortedMap<Long, Double> curve(int size) {
    SortedMap<Long, Double> curve = new TreeMap<>();
    for (long x = 0; x < size; x++) {
      curve.put(x, Math.sin((double) x));
    }
    return curve;
  }
}
