package dev.kindred.rl.env;

import dev.kindred.rl.env.Physics.Hinge;
import dev.kindred.rl.env.Physics.Limits;
import dev.kindred.rl.env.Physics.Matter;
import dev.kindred.rl.env.Physics.Rigid;
import java.util.List;

/**
 * A car from above with rear-wheel drive: a hull on four wheels, each of which turns, slips and
 * grips by itself. Constants and equations are those of Gymnasium's car_dynamics.
 */
final class Car {
  private static final double SIZE = 0.02;
  private static final double ENGINE_POWER = 100_000_000 * SIZE * SIZE;
  private static final double WHEEL_INERTIA = 4000 * SIZE * SIZE;
  private static final double ROAD_FRICTION = 1_000_000 * SIZE * SIZE;
  private static final double GRASS_FRICTION = 0.6 * ROAD_FRICTION;
  private static final double GRIP = 205_000 * SIZE * SIZE;
  private static final double BRAKE = 15;
  private static final double BLOCKING = 0.9;
  private static final double WHEEL_RADIUS = 27 * SIZE;
  private static final double WHEEL_HALF_WIDTH = 14 * SIZE;
  private static final double SECONDS = 1.0 / Physics.STEPS_PER_SECOND;
  private static final Limits STEERING = new Limits(-0.4, 0.4, 180 * 900 * SIZE * SIZE, 0);
  private static final Matter WHEEL = new Matter(0.1, 0x0020, Physics.GROUND);

  private static final List<double[]> HULL =
      List.of(
          sized(-60, 130, 60, 130, 60, 110, -60, 110),
          sized(-15, 120, 15, 120, 20, 20, -20, 20),
          sized(25, 20, 50, -10, 50, -40, 20, -90, -20, -90, -50, -40, -50, -10, -25, 20),
          sized(-50, -120, 50, -120, 50, -90, -50, -90));
  private static final double[] TYRE = tread(-1, 1);

  private static final int RED = 0xCC0000;
  private static final int BLACK = 0x000000;
  private static final int TREAD = 0x4D4D4D;

  private final Rigid hull;
  private final List<Wheel> wheels;

  Car(Physics physics, double x, double y, double angle) {
    hull = physics.moving(x, y, angle);
    HULL.forEach(part -> hull.polygon(Matter.common(1), part));
    wheels =
        List.of(
            new Wheel(physics, -55, 80),
            new Wheel(physics, 55, 80),
            new Wheel(physics, -55, -82),
            new Wheel(physics, 55, -82));
  }

  private static double[] sized(double... numbers) {
    double[] sized = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      sized[i] = numbers[i] * SIZE;
    }
    return sized;
  }

  /** A part of a wheel's surface, from -1 at the back to 1 at the front. */
  private static double[] tread(double from, double to) {
    double back = WHEEL_RADIUS * from;
    double front = WHEEL_RADIUS * to;
    return new double[] {
      -WHEEL_HALF_WIDTH,
      front,
      WHEEL_HALF_WIDTH,
      front,
      WHEEL_HALF_WIDTH,
      back,
      -WHEEL_HALF_WIDTH,
      back
    };
  }

  /** One wheel. */
  private final class Wheel {
    private final Rigid body;
    private final Hinge axle;
    private double gas;
    private double phase;
    private double spin;
    private int tiles;

    private Wheel(Physics physics, double x, double y) {
      double[] at = sized(x, y);
      // Gymnasium does not turn the place with the car; the joint pulls the wheel to its place.
      body = physics.moving(hull.x() + at[0], hull.y() + at[1], hull.angle()).polygon(WHEEL, TYRE);
      axle = physics.hinge(hull, at[0], at[1], body, 0, 0, STEERING);
    }

    private void steer(double target) {
      double rest = target - axle.angle();
      axle.drive(Math.signum(rest) * Math.min(50 * Math.abs(rest), 3));
    }

    /** Opens the throttle gradually, and closes it at once. */
    private void accelerate(double target) {
      gas += Math.min(target - gas, 0.1);
    }

    /** Engine and brake turn the wheel; its slip against the ground pushes the car. */
    private void roll(double brake) {
      spin += SECONDS * ENGINE_POWER * gas / WHEEL_INERTIA / (Math.abs(spin) + 5);
      spin = braked(brake);
      phase += spin * SECONDS;
      double[] axes = body.toWorld(0, 1, 1, 0);
      double forwardX = axes[0] - body.x();
      double forwardY = axes[1] - body.y();
      double sideX = axes[2] - body.x();
      double sideY = axes[3] - body.y();
      double forward = forwardX * body.velocityX() + forwardY * body.velocityY();
      double aside = sideX * body.velocityX() + sideY * body.velocityY();
      double drive = GRIP * (spin * WHEEL_RADIUS - forward);
      double hold = GRIP * -aside;
      double force = Math.sqrt(drive * drive + hold * hold);
      double most = tiles > 0 ? ROAD_FRICTION : GRASS_FRICTION;
      double share = force > most ? most / force : 1;
      spin -= SECONDS * share * drive * WHEEL_RADIUS / WHEEL_INERTIA;
      body.push(
          share * (hold * sideX + drive * forwardX), share * (hold * sideY + drive * forwardY));
    }

    private double braked(double brake) {
      return brake >= BLOCKING
          ? 0
          : spin - Math.signum(spin) * Math.min(BRAKE * brake, Math.abs(spin));
    }

    private void draw(Canvas canvas) {
      canvas.polygon(BLACK, body.toWorld(TYRE));
      double end = phase + 1.2;
      boolean hidden = StrictMath.sin(phase) > 0;
      boolean endHidden = StrictMath.sin(end) > 0;
      if (!hidden || !endHidden) {
        canvas.polygon(TREAD, body.toWorld(tread(edge(end, endHidden), edge(phase, hidden))));
      }
    }

    private static double edge(double phase, boolean hidden) {
      double cos = StrictMath.cos(phase);
      return hidden ? Math.signum(cos) : cos;
    }
  }

  /**
   * Acts on the wheels; the world is to be moved then.
   *
   * @param steering -1 (right) to 1 (left)
   */
  void drive(double steering, double gas, double brake) {
    wheels.subList(0, 2).forEach(wheel -> wheel.steer(steering));
    wheels.subList(2, 4).forEach(wheel -> wheel.steer(0));
    wheels.subList(2, 4).forEach(wheel -> wheel.accelerate(gas));
    wheels.forEach(wheel -> wheel.roll(brake));
  }

  /** Notes that a body rolls onto a tile or off it; false if the body is no wheel. */
  boolean rolls(Rigid body, boolean onto) {
    for (Wheel wheel : wheels) {
      if (wheel.body == body) {
        wheel.tiles += onto ? 1 : -1;
        return true;
      }
    }
    return false;
  }

  Rigid hull() {
    return hull;
  }

  /** The angle of the front wheels against the hull, to the left. */
  double steering() {
    return wheels.get(0).axle.angle();
  }

  /** How fast a wheel turns, in radians a second; 0 and 1 are in front. */
  double spin(int wheel) {
    return wheels.get(wheel).spin;
  }

  void draw(Canvas canvas) {
    wheels.forEach(wheel -> wheel.draw(canvas));
    HULL.forEach(part -> canvas.polygon(RED, hull.toWorld(part)));
  }
}
