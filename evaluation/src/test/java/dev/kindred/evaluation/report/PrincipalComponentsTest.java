package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
  private static final Offset<Float> CLOSE = within(1e-3f);

  /**
   * Points on an ellipse's axes, turned by the 3-4-5 triangle: along (0.8, 0.6) at 10 and -10,
   * along (-0.6, 0.8) at 5 and -5, around (7, -2). Their variances are as 100 to 25.
   */
  private static final float[][] ELLIPSE = {{15, 4}, {-1, -8}, {4, 2}, {10, -6}};

  @Test
  void findsTheAxesOfAnEllipse() {
    PrincipalComponents plane = PrincipalComponents.of(ELLIPSE);
    assertThat(plane.shares().get(0)).isCloseTo(0.8, within(1e-9));
    assertThat(plane.shares().get(1)).isCloseTo(0.2, within(1e-9));
    assertUpToSign(column(plane.points(), 0), 10, -10, 0, 0);
    assertUpToSign(column(plane.points(), 1), 0, 0, 5, -5);
  }

  @Test
  void isTheSameFromRowsAsFromColumns() {
    float[][] wide = new float[4][9];
    for (int i = 0; i < 4; i++) {
      wide[i][2] = ELLIPSE[i][0];
      wide[i][7] = ELLIPSE[i][1];
    }
    PrincipalComponents plane = PrincipalComponents.of(wide);
    assertThat(plane.shares().get(0)).isCloseTo(0.8, within(1e-9));
    assertUpToSign(column(plane.points(), 0), 10, -10, 0, 0);
    assertUpToSign(column(plane.points(), 1), 0, 0, 5, -5);
  }

  @Test
  void agreesWithPowerIteration() {
    Random random = new Random(3);
    float[][] vectors = new float[60][12];
    for (float[] row : vectors) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) (5 + random.nextGaussian() * (12 - j));
      }
    }
    float[] expected = firstByPowerIteration(vectors);
    assertUpToSign(column(PrincipalComponents.of(vectors).points(), 0), expected);
  }

  @Test
  void makesTheExtremeOfEachAxisPositive() {
    PrincipalComponents plane = PrincipalComponents.of(new float[][] {{-9, 0}, {4, 0}, {5, 0}});
    assertThat(plane.points().get(0)[0]).isCloseTo(9f, CLOSE);
  }

  @Test
  void leavesAxesThatAreNotThereAtZero() {
    PrincipalComponents line = PrincipalComponents.of(new float[][] {{1}, {3}});
    assertThat(line.points()).hasSize(2);
    assertThat(column(line.points(), 1)).containsExactly(0, 0);
    PrincipalComponents point = PrincipalComponents.of(new float[][] {{1, 2, 3}});
    assertThat(point.points().get(0)).containsExactly(0, 0);
    assertThat(point.shares()).containsExactly(0.0, 0.0);
  }

  private static float[] column(List<float[]> points, int column) {
    float[] values = new float[points.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = points.get(i)[column];
    }
    return values;
  }

  private static void assertUpToSign(float[] actual, float... expected) {
    int extreme = 0;
    for (int i = 0; i < expected.length; i++) {
      extreme = Math.abs(expected[i]) > Math.abs(expected[extreme]) ? i : extreme;
    }
    float sign = Math.signum(expected[extreme]) * Math.signum(actual[extreme]);
    for (int i = 0; i < expected.length; i++) {
      assertThat(sign * actual[i]).isCloseTo(expected[i], CLOSE);
    }
  }

  private static float[] firstByPowerIteration(float[][] vectors) {
    int width = vectors[0].length;
    double[][] x = new double[vectors.length][width];
    for (int j = 0; j < width; j++) {
      double mean = 0;
      for (float[] row : vectors) {
        mean += row[j];
      }
      for (int i = 0; i < x.length; i++) {
        x[i][j] = vectors[i][j] - mean / x.length;
      }
    }
    double[] direction = new double[width];
    direction[0] = 1;
    for (int iteration = 0; iteration < 2000; iteration++) {
      direction = unit(transposedTimes(x, times(x, direction)));
    }
    double[] scores = times(x, direction);
    float[] result = new float[scores.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) scores[i];
    }
    return result;
  }

  private static double[] times(double[][] x, double[] v) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < v.length; j++) {
        result[i] += x[i][j] * v[j];
      }
    }
    return result;
  }

  private static double[] transposedTimes(double[][] x, double[] v) {
    double[] result = new double[x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[j] += x[i][j] * v[i];
      }
    }
    return result;
  }

  private static double[] unit(double[] v) {
    double norm = 0;
    for (double value : v) {
      norm += value * value;
    }
    double[] unit = v.clone();
    for (int i = 0; i < v.length; i++) {
      unit[i] /= Math.sqrt(norm);
    }
    return unit;
  }
}
