package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LunarLanderTest {
  private static final int NOTHING = 0;
  private static final int LEFT = 1;
  private static final int MAIN = 2;
  private static final int RIGHT = 3;

  @Test
  void isLandedByThePilot() {
    try (TimeLimit<float[], Integer> lander = World.LUNAR_LANDER.state()) {
      double mean =
          LongStream.range(0, 100)
              .mapToDouble(seed -> Episodes.score(lander, seed, LunarLanderPilot::choose))
              .average()
              .orElseThrow();
      assertThat(mean).isGreaterThanOrEqualTo(World.LUNAR_LANDER.solvedAt());
    }
  }

  @Test
  void isLandedByThePilotWithThrottles() {
    try (TimeLimit<float[], float[]> lander = World.LUNAR_LANDER_CONTINUOUS.state()) {
      double mean =
          LongStream.range(0, 20)
              .mapToDouble(seed -> Episodes.score(lander, seed, LunarLanderPilot::steer))
              .average()
              .orElseThrow();
      assertThat(mean).isGreaterThanOrEqualTo(World.LUNAR_LANDER_CONTINUOUS.solvedAt());
    }
  }

  @Test
  void observesItsTrueStateScaled() {
    LunarLander<Integer> lander = LunarLander.discrete();
    lander.reset(3);
    for (int i = 0; i < 30; i++) {
      Step<float[]> step = lander.step(i % 4);
      float[] seen = step.observation();
      List<Double> truth = List.copyOf(step.info().values());
      double[] scales = {10, 20.0 / 3, 5, 7.5, 1, 2.5};
      for (int j = 0; j < scales.length; j++) {
        assertThat(seen[j] * scales[j]).isCloseTo(truth.get(j), within(1e-5));
      }
      assertThat(seen[6]).isEqualTo((float) step.value("right_contact"));
      assertThat(seen[7]).isEqualTo((float) step.value("left_contact"));
    }
  }

  @Test
  void fallsByItsGravity() {
    LunarLander<Integer> lander = LunarLander.discrete();
    double before = lander.reset(1).value("velocity_y");
    Step<float[]> step = lander.step(NOTHING);
    for (int i = 1; i < 20; i++) {
      step = lander.step(NOTHING);
    }
    assertThat(step.value("velocity_y") - before).isCloseTo(-10 * 20 / 50.0, within(0.02));
  }

  @Test
  void isPushedByItsEngines() {
    assertThat(pushed(MAIN, "velocity_y")).isGreaterThan(1);
    assertThat(pushed(LEFT, "velocity_x")).isLessThan(-0.1);
    assertThat(pushed(RIGHT, "velocity_x")).isGreaterThan(0.1);
    // The engine that pushes to the left is above the middle, so it turns the craft to the left.
    assertThat(pushed(LEFT, "angular_velocity")).isGreaterThan(0.1);
    assertThat(pushed(RIGHT, "angular_velocity")).isLessThan(-0.1);
  }

  /** By how much ten steps of an engine change a variable, beside ten steps without. */
  private static double pushed(int engine, String variable) {
    return after(LunarLander.discrete(), engine, variable)
        - after(LunarLander.discrete(), NOTHING, variable);
  }

  private static <A> double after(LunarLander<A> lander, A action, String variable) {
    lander.reset(2);
    for (int i = 0; i < 9; i++) {
      lander.step(action);
    }
    return lander.step(action).value(variable);
  }

  @Test
  void openedFullyTheThrottlesAreTheSwitches() {
    for (String variable : List.of("x", "y", "angle", "velocity_x", "velocity_y")) {
      assertThat(after(LunarLander.continuous(), new float[] {1, 0.5f}, variable))
          .isEqualTo(after(LunarLander.discrete(), MAIN, variable));
      assertThat(after(LunarLander.continuous(), new float[] {0, -1}, variable))
          .isEqualTo(after(LunarLander.discrete(), LEFT, variable));
    }
  }

  @Test
  void throttlesBeginAtAHalf() {
    double none = after(LunarLander.continuous(), new float[] {-1, 0}, "velocity_y");
    double least = after(LunarLander.continuous(), new float[] {1e-6f, 0}, "velocity_y") - none;
    double most = after(LunarLander.continuous(), new float[] {1, 0}, "velocity_y") - none;
    assertThat(least / most).isCloseTo(0.5, within(0.02));
  }

  @Test
  void earnsWhatItsStateGainedLessItsFuel() {
    LunarLander<float[]> lander = LunarLander.continuous();
    float[] before = lander.reset(5).observation();
    double[] fuels = {0, 0.5 * 0.3, 0.3 + 0.75 * 0.03};
    float[][] actions = {{0, 0}, {1e-7f, 0}, {1, -0.75f}};
    for (int i = 0; i < 30; i++) {
      Step<float[]> step = lander.step(actions[i % 3]);
      double gain = worth(step.observation()) - worth(before);
      assertThat(step.reward()).isCloseTo(gain - fuels[i % 3], within(1e-4));
      before = step.observation();
    }
  }

  private static double worth(float[] seen) {
    return -100 * (Math.hypot(seen[0], seen[1]) + Math.hypot(seen[2], seen[3]) + Math.abs(seen[4]))
        + 10 * (seen[6] + seen[7]);
  }

  @Test
  void landsOnTheLegOfTheLowerSideFirst() {
    LunarLander<float[]> lander = LunarLander.continuous();
    int agreed = 0;
    int landings = 0;
    for (int seed = 0; seed < 30; seed++) {
      Step<float[]> step = touched(lander, seed);
      boolean left = step.value("left_contact") > 0;
      boolean right = step.value("right_contact") > 0;
      if (left != right && Math.abs(step.value("angle")) > 0.02) {
        landings++;
        agreed += left == step.value("angle") > 0 ? 1 : 0;
      }
    }
    assertThat(landings).isGreaterThan(10);
    assertThat((double) agreed / landings).isGreaterThan(0.8);
  }

  private static Step<float[]> touched(LunarLander<float[]> lander, long seed) {
    float[] seen = lander.reset(seed).observation();
    Step<float[]> step;
    do {
      step = lander.step(LunarLanderPilot.steer(seen));
      seen = step.observation();
    } while (!step.over() && seen[6] + seen[7] == 0);
    return step;
  }

  @Test
  void crashesWithoutEngines() {
    LunarLander<Integer> lander = LunarLander.discrete();
    lander.reset(0);
    Step<float[]> step = lander.step(NOTHING);
    while (!step.over()) {
      step = lander.step(NOTHING);
    }
    assertThat(step.reward()).isEqualTo(-100);
    assertThat(step.terminated()).isTrue();
  }

  @Test
  void endsWithABonusAtRest() {
    LunarLander<float[]> lander = LunarLander.continuous();
    float[] seen = lander.reset(0).observation();
    Step<float[]> step;
    do {
      step = lander.step(LunarLanderPilot.steer(seen));
      seen = step.observation();
    } while (!step.over());
    assertThat(step.reward()).isEqualTo(100);
    assertThat(step.value("left_contact") + step.value("right_contact")).isEqualTo(2);
    assertThat(step.value("y")).isCloseTo(0, within(0.3));
  }

  @Test
  void saysWhatIsNoAction() {
    LunarLander<float[]> lander = LunarLander.continuous();
    lander.reset(0);
    assertThatThrownBy(() -> lander.step(new float[] {0, Float.NaN}))
        .hasMessage("action must be in 2 numbers from [-1.0, -1.0] to [1.0, 1.0], was [0.0, NaN]");
    assertThatThrownBy(() -> lander.step(new float[] {0})).hasMessageContaining("was [0.0]");
  }

  @Test
  void showsTheMoonTheCraftAndItsFlames() {
    LunarLander<Integer> lander = LunarLander.discrete();
    lander.reset(1);
    Canvas canvas = new Canvas(400, 600);
    canvas.clear(lander.background());
    lander.step(NOTHING);
    lander.draw(canvas);
    assertThat(Pictures.count(canvas.frame(), 0xFF6A20)).isZero();
    assertThat(Pictures.count(canvas.frame(), 0xFFFFFF)).isGreaterThan(20_000);
    assertThat(Pictures.count(canvas.frame(), 0x8066E6)).isGreaterThan(200);
    lander.step(MAIN);
    lander.draw(canvas);
    assertThat(Pictures.count(canvas.frame(), 0xFF6A20)).isGreaterThan(20);
  }
}
