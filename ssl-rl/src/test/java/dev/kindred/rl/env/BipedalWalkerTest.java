package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BipedalWalkerTest {
  private static final double GROUND = 400 / 30.0 / 4;

  private final BipedalWalker walker = new BipedalWalker();

  @Test
  void standsOnItsStartWithRaysToTheGround() {
    Start<float[]> start = walker.reset(2);
    double height = start.value("y") - GROUND;
    double range = 160 / 30.0;
    for (int i = 0; i < 7; i++) {
      double expected = Math.min(1, height / Math.cos(1.5 * i / 10) / range);
      assertThat(start.observation()[14 + i]).isCloseTo((float) expected, within(1e-3f));
    }
    assertThat(start.value("x")).isCloseTo(14 / 30.0 * 10, within(0.05));
  }

  @Test
  void observesItsTrueState() {
    walker.reset(0);
    SplittableRandom random = new SplittableRandom(0);
    for (int i = 0; i < 20; i++) {
      Step<float[]> step = walker.step(walker.actionSpace().sample(random));
      float[] seen = step.observation();
      assertThat(seen).hasSize(24);
      assertThat(seen[0]).isEqualTo((float) step.value("angle"));
      assertThat(seen[2]).isCloseTo((float) (step.value("velocity_x") * 0.12), within(1e-6f));
      assertThat(seen[3]).isCloseTo((float) (step.value("velocity_y") * 0.08), within(1e-6f));
      assertThat(seen[4]).isEqualTo((float) step.value("hip_1"));
      assertThat(seen[6]).isCloseTo((float) (step.value("knee_1") + 1), within(1e-6f));
      assertThat(seen[9]).isEqualTo((float) step.value("hip_2"));
      assertThat(seen[13]).isEqualTo((float) step.value("contact_2"));
    }
  }

  @Test
  void motorsTurnTheirJointsWithinLimits() {
    assertThat(bent(new float[] {1, 0, 0, 0}).value("hip_1"))
        .isGreaterThan(bent(new float[] {-1, 0, 0, 0}).value("hip_1") + 0.3);
    assertThat(bent(new float[] {0, 1, 0, 0}).value("knee_1"))
        .isGreaterThan(bent(new float[] {0, -1, 0, 0}).value("knee_1") + 0.3);
    assertThat(bent(new float[] {0, 0, 0, -1}).value("knee_2")).isBetween(-1.7, -0.05);
  }

  private Step<float[]> bent(float[] action) {
    walker.reset(0);
    for (int i = 0; i < 14; i++) {
      walker.step(action);
    }
    return walker.step(action);
  }

  @Test
  void earnsItsWayLessTiltAndEffort() {
    Map<String, Double> before = walker.reset(1).info();
    float[] action = {0.5f, -1, 0, 0.25f};
    for (int i = 0; i < 10; i++) {
      Step<float[]> step = walker.step(action);
      double gain = worth(step.info()) - worth(before);
      assertThat(step.reward()).isCloseTo(gain - 0.028 * 1.75, within(1e-9));
      before = step.info();
    }
  }

  private static double worth(Map<String, Double> info) {
    return 130 * info.getOrDefault("x", Double.NaN) / 30
        - 5 * Math.abs(info.getOrDefault("angle", Double.NaN));
  }

  @Test
  void endsWithItsFall() {
    walker.reset(3);
    float[] legsForward = {1, 1, 1, 1};
    Step<float[]> step = walker.step(legsForward);
    for (int i = 0; i < 500 && !step.over(); i++) {
      step = walker.step(legsForward);
    }
    assertThat(step.terminated()).isTrue();
    assertThat(step.reward()).isEqualTo(-100);
  }

  @Test
  void showsRobotAndGround() {
    walker.reset(0);
    Canvas canvas = new Canvas(100, 150);
    canvas.clear(walker.background());
    walker.draw(canvas);
    Frame frame = canvas.frame();
    assertThat(Pictures.pixel(frame, 99, 10)).isEqualTo(0x66994C);
    assertThat(Pictures.pixel(frame, 99, 149)).isEqualTo(0x66994C);
    assertThat(Pictures.count(frame, 0x7F33E5)).isGreaterThan(30);
  }
}
