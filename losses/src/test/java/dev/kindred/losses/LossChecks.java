package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;

/** What holds for every loss of two matrices. */
final class LossChecks {
  private static final double STEP = 1e-5;

  private LossChecks() {}

  /** The gradient equals central differences, in float64. */
  static void gradientIsTheSlope(Evaluated.Loss loss, double[][] a, double[][] b) {
    List<double[][]> gradients = Evaluated.in64(loss, a, b).gradients();
    for (int which = 0; which < 2; which++) {
      double[][] moved = which == 0 ? a : b;
      for (int i = 0; i < moved.length; i++) {
        for (int j = 0; j < moved[i].length; j++) {
          double slope = slope(loss, a, b, moved, i, j);
          assertThat(gradients.get(which)[i][j])
              .as("gradient of matrix %d at [%d, %d]", which, i, j)
              .isCloseTo(slope, within(1e-7 * Math.max(1, Math.abs(slope))));
        }
      }
    }
  }

  static double[][] random(Random random, int rows, int columns) {
    return Golden.matrix(rows, columns, (i, j) -> random.nextGaussian());
  }

  private static double slope(
      Evaluated.Loss loss, double[][] a, double[][] b, double[][] moved, int i, int j) {
    double kept = moved[i][j];
    moved[i][j] = kept + STEP;
    double above = Evaluated.in64(loss, a, b).value();
    moved[i][j] = kept - STEP;
    double below = Evaluated.in64(loss, a, b).value();
    moved[i][j] = kept;
    return (above - below) / (2 * STEP);
  }
}
