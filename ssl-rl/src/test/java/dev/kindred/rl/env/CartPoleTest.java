package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CartPoleTest {
  private static final double SECONDS = 0.02;

  private final CartPole world = new CartPole();

  @Test
  void movesByTheEquationsOfMotion() {
    double[] state = state(world.reset(4).info());
    for (int i = 0; i < 40; i++) {
      int action = state[2] + state[3] > 0 ? 1 : 0;
      double[] next = state(world.step(action).info());
      assertThat(next).containsExactly(moved(state, action == 1 ? 10 : -10), within(1e-12));
      state = next;
    }
  }

  /**
   * Newton's law for the cart with the pole and the balance of torques of a uniform rod on it, two
   * linear equations in both accelerations, solved by Cramer's rule.
   */
  private static double[] moved(double[] state, double force) {
    double cos = Math.cos(state[2]);
    double sin = Math.sin(state[2]);
    double a11 = 1.1;
    double a12 = 0.1 * 0.5 * cos;
    double b1 = force + 0.1 * 0.5 * state[3] * state[3] * sin;
    double a21 = cos;
    double a22 = 4.0 / 3 * 0.5;
    double b2 = 9.8 * sin;
    double determinant = a11 * a22 - a12 * a21;
    double acceleration = (b1 * a22 - a12 * b2) / determinant;
    double turning = (a11 * b2 - a21 * b1) / determinant;
    return new double[] {
      state[0] + SECONDS * state[1],
      state[1] + SECONDS * acceleration,
      state[2] + SECONDS * state[3],
      state[3] + SECONDS * turning
    };
  }

  private static double[] state(Map<String, Double> info) {
    return info.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void observesItsTrueState() {
    Start<float[]> start = world.reset(1);
    assertThat(start.info()).containsOnlyKeys("x", "velocity", "angle", "angular_velocity");
    double[] truth = state(start.info());
    for (int i = 0; i < 4; i++) {
      assertThat(start.observation()[i]).isEqualTo((float) truth[i]).isBetween(-0.05f, 0.05f);
    }
  }

  @Test
  void endsWhenThePoleHasTilted() {
    world.reset(0);
    Step<float[]> step = world.step(1);
    while (!step.over()) {
      assertThat(Math.abs(step.value("angle"))).isLessThanOrEqualTo(Math.toRadians(12));
      assertThat(step.reward()).isEqualTo(1);
      step = world.step(1);
    }
    assertThat(step.terminated()).isTrue();
    assertThat(step.value("angle")).isLessThan(-Math.toRadians(12));
  }

  @Test
  void saysWhatItCannotTake() {
    assertThatThrownBy(() -> world.step(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("reset must be called before the first step");
    world.reset(0);
    assertThatThrownBy(() -> world.step(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("action must be in 0 to 1, was 2");
    while (!world.step(0).over()) {
      // until the pole falls
    }
    assertThatThrownBy(() -> world.step(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the episode is over; call reset before the next step");
    world.reset(0);
    assertThat(world.step(0).over()).isFalse();
  }

  @Test
  void tellsItsVariablesByName() {
    Start<float[]> start = world.reset(0);
    assertThat(start.value("x")).isEqualTo(state(start.info())[0]);
    Step<float[]> step = world.step(0);
    assertThat(step.value("angular_velocity")).isEqualTo(state(step.info())[3]);
    assertThatThrownBy(() -> step.value("y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("variable must be one of x, velocity, angle, angular_velocity, was y");
  }
}
