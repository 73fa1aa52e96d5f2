package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CarRacingTest {
  private static final float[] GAS = {0, 1, 0};

  private final CarRacing world = new CarRacing();

  @Test
  void tracksCloseAndTheirTilesAreOfOneLength() {
    for (int seed = 0; seed < 20; seed++) {
      Track track = Track.draw(new SplittableRandom(seed));
      assertThat(track.size()).isBetween(200, 450);
      for (int i = 1; i < track.size(); i++) {
        assertThat(distance(track.point(i), track.point(i - 1))).isCloseTo(3.5, within(1e-9));
      }
      assertThat(distance(track.point(0), track.point(-1))).isLessThan(3 * 3.5);
    }
  }

  private static double distance(Track.Point a, Track.Point b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y());
  }

  @Test
  void theRoadLeadsFromPointToPoint() {
    Track track = Track.draw(new SplittableRandom(1));
    Track.Point point = track.point(5);
    double aheadX = point.x() - 2 * Math.sin(point.across());
    double aheadY = point.y() + 2 * Math.cos(point.across());
    assertThat(track.nearest(aheadX, aheadY)).isBetween(5, 6);
    assertThat(point.offset(aheadX, aheadY)).isCloseTo(0, within(1e-9));
    assertThat(
            point.offset(
                point.x() + Math.cos(point.across()), point.y() + Math.sin(point.across())))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void startsAtRestInTheMiddleOfTheRoad() {
    Start<float[]> start = world.reset(3);
    assertThat(start.value("offset")).isCloseTo(0, within(0.1));
    assertThat(start.value("heading_error")).isCloseTo(0, within(0.05));
    assertThat(Math.hypot(start.value("velocity_x"), start.value("velocity_y"))).isLessThan(0.5);
  }

  @Test
  void gasDrivesItForwardsAndTheBrakeStopsIt() {
    world.reset(3);
    float[] seen = run(GAS, 60).observation();
    assertThat(seen[0]).isGreaterThan(0.3f);
    assertThat(seen[1]).isCloseTo(0, within(0.05f));
    assertThat(run(new float[] {0, 0, 0.8f}, 150).observation()[0]).isCloseTo(0, within(0.02f));
  }

  @Test
  void steersToTheRightForOne() {
    world.reset(3);
    double before = run(GAS, 20).value("angle");
    Step<float[]> step = run(new float[] {1, 0, 0}, 15);
    assertThat(step.value("steering")).isLessThan(-0.3);
    assertThat(step.value("angle")).isLessThan(before - 0.05);
    assertThat(step.value("heading_error")).isLessThan(-0.05);
  }

  private Step<float[]> run(float[] action, int steps) {
    Step<float[]> step = world.step(action);
    for (int i = 1; i < steps; i++) {
      step = world.step(action);
    }
    return step;
  }

  @Test
  void earnsItsShareOfThousandForEachTile() {
    SplittableRandom random = new SplittableRandom(3);
    int tiles = Track.draw(random).size();
    world.reset(3);
    double share = 1000.0 / tiles;
    double sum = 0;
    for (int i = 0; i < 100; i++) {
      double reward = world.step(GAS).reward();
      double count = (reward + 0.1) / share;
      assertThat(count).isCloseTo(Math.rint(count), within(1e-9));
      sum += reward;
    }
    assertThat(sum).isGreaterThan(5 * share);
  }

  @Test
  void endsOutsideTheField() {
    // All of it makes the rear wheels slip, and the car spin.
    float[] littleGas = {0, 0.3f, 0};
    world.reset(3);
    Step<float[]> step = world.step(littleGas);
    for (int i = 0; i < 900 && !step.over(); i++) {
      step = world.step(littleGas);
    }
    assertThat(step.terminated()).isTrue();
    assertThat(step.reward()).isEqualTo(-100);
    assertThat(Math.max(Math.abs(step.value("x")), Math.abs(step.value("y"))))
        .isGreaterThan(2000 / 6.0);
  }

  @Test
  void observesEnoughToDriveARound() {
    try (TimeLimit<float[], float[]> limited = World.CAR_RACING.state()) {
      assertThat(Episodes.score(limited, 2, CarRacingTest::drive)).isGreaterThan(700);
    }
  }

  /** Steers to the fourth point ahead and keeps a moderate speed. */
  private static float[] drive(float[] seen) {
    float steering = 1.5f * seen[16] / Math.max(0.1f, seen[17]);
    float gas = seen[0] < 0.45f ? 0.5f : 0;
    return new float[] {Math.max(-1, Math.min(1, steering)), gas, seen[0] > 0.6f ? 0.3f : 0};
  }

  @Test
  void showsTheCarUprightOnTheRoad() {
    world.reset(3);
    Canvas canvas = new Canvas(200, 200);
    canvas.clear(world.background());
    run(GAS, 10);
    world.draw(canvas);
    Frame frame = canvas.frame();
    assertThat(Pictures.count(frame, 0xCC0000)).isGreaterThan(20);
    assertThat(Pictures.pixel(frame, 151, 100)).isEqualTo(0xCC0000);
    // Road beside the car, at both sides, and grass farther out.
    for (int x : new int[] {85, 115}) {
      int grey = Pictures.pixel(frame, 150, x);
      assertThat(grey >> 16).isEqualTo(grey & 0xFF).isBetween(0x66, 0x6B);
    }
    assertThat(Pictures.pixel(frame, 150, 2) >> 8 & 0xFF).isGreaterThan(0xC0);
  }
}
