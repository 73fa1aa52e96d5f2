package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.tensorflow.types.TFloat64;

/** What holds for every loss. */
final class LossChecks {
  private static final double STEP = 1e-5;

  private LossChecks() {}

  /** The gradient equals central differences, in float64. */
  static void gradientIsTheSlope(Evaluated.Loss loss, double[][]... inputs) {
    try (Evaluated.Built<TFloat64> built = new Evaluated.Built<>(TFloat64.class, loss, inputs)) {
      List<double[][]> gradients = built.evaluate(inputs).gradients();
      for (int which = 0; which < gradients.size(); which++) {
        double[][] moved = inputs[which];
        for (int i = 0; i < moved.length; i++) {
          for (int j = 0; j < moved[i].length; j++) {
            double slope = slope(built, moved[i], j, inputs);
            assertThat(gradients.get(which)[i][j])
                .as("gradient of matrix %d at [%d, %d]", which, i, j)
                .isCloseTo(slope, within(2e-7 * Math.max(1, Math.abs(slope))));
          }
        }
      }
    }
  }

  /** Two evaluations give the same value and the same gradients. */
  static void same(Evaluated actual, Evaluated expected, double tolerance) {
    same("the loss", actual, expected, tolerance);
  }

  static void same(String name, Evaluated actual, Evaluated expected, double tolerance) {
    assertThat(actual.value())
        .as(name)
        .isCloseTo(expected.value(), within(tolerance * Math.max(1, Math.abs(expected.value()))));
    for (int which = 0; which < expected.gradients().size(); which++) {
      for (int i = 0; i < expected.gradients().get(which).length; i++) {
        assertThat(actual.gradients().get(which)[i])
            .as("%s: gradient of matrix %d, row %d", name, which, i)
            .containsExactly(expected.gradients().get(which)[i], within(tolerance));
      }
    }
  }

  static double[][] random(Random random, int rows, int columns) {
    return Golden.matrix(rows, columns, (i, j) -> random.nextGaussian());
  }

  private static double slope(
      Evaluated.Built<TFloat64> built, double[] moved, int j, double[][]... inputs) {
    double kept = moved[j];
    moved[j] = kept + STEP;
    double above = built.evaluate(inputs).value();
    moved[j] = kept - STEP;
    double below = built.evaluate(inputs).value();
    moved[j] = kept;
    return (above - below) / (2 * STEP);
  }
}
