package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LbfgsTest {
  @Test
  void findsTheMinimumOfRosenbrocksFunction() {
    Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTest::rosenbrock, 2, 200);
    assertThat(minimum.converged()).isTrue();
    assertThat(minimum.iterations()).isLessThan(60);
    assertThat(minimum.x()).containsExactly(new double[] {1, 1}, within(1e-6));
  }

  @Test
  void findsTheMinimumOfABadlyScaledQuadratic() {
    int n = 30;
    Lbfgs.Objective quadratic =
        (x, gradient) -> {
          double value = 0;
          for (int i = 0; i < n; i++) {
            double curvature = Math.pow(10, 3.0 * i / (n - 1));
            gradient[i] = curvature * (x[i] - i);
            value += curvature * (x[i] - i) * (x[i] - i) / 2;
          }
          return value;
        };
    Lbfgs.Minimum minimum = Lbfgs.minimise(quadratic, n, 500);
    assertThat(minimum.converged()).isTrue();
    for (int i = 0; i < n; i++) {
      assertThat(minimum.x()[i]).isCloseTo(i, within(1e-5));
    }
  }

  @Test
  void staysAtAMinimum() {
    Lbfgs.Minimum minimum =
        Lbfgs.minimise((x, gradient) -> Arrays.stream(x).map(v -> v * v).sum(), 3, 10);
    assertThat(minimum.iterations()).isZero();
    assertThat(minimum.converged()).isTrue();
  }

  @Test
  void saysThatItWasStopped() {
    Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTest::rosenbrock, 2, 3);
    assertThat(minimum.converged()).isFalse();
    assertThat(minimum.value()).as("better than the start").isLessThan(1);
  }

  private static double rosenbrock(double[] x, double[] gradient) {
    double a = 1 - x[0];
    double b = x[1] - x[0] * x[0];
    gradient[0] = -2 * a - 400 * x[0] * b;
    gradient[1] = 200 * b;
    return a * a + 100 * b * b;
  }
}
