package dev.kindred.rl.env;

import java.util.List;

/**
 * A pole on a cart, to be balanced by pushing the cart to the left (0) or to the right (1): the
 * task of Barto, Sutton and Anderson with Gymnasium's constants, equations and order of
 * integration, so that from the same state the same actions give the same states.
 *
 * <p>Observed are the cart's position (m) and velocity, the pole's angle (rad, to the right) and
 * angular velocity. Every step earns 1. The episode ends when the cart is more than 2.4 m from the
 * middle or the pole more than 12 degrees from upright; Gymnasium cuts it after 500 steps, and
 * calls it solved at 475.
 *
 * @see <a href="https://ieeexplore.ieee.org/document/6313077">Barto, Sutton and Anderson 1983</a>
 */
public final class CartPole extends Simulation<Integer> {
  /** Gymnasium's limit for version 1, in steps. */
  public static final int STEPS = 500;

  private static final double GRAVITY = 9.8;
  private static final double CART_MASS = 1.0;
  private static final double POLE_MASS = 0.1;
  private static final double TOTAL_MASS = CART_MASS + POLE_MASS;
  private static final double HALF_LENGTH = 0.5;
  private static final double POLE_MOMENT = POLE_MASS * HALF_LENGTH;
  private static final double FORCE = 10.0;
  private static final double SECONDS = 0.02;
  private static final double FARTHEST = 2.4;
  private static final double STEEPEST = 12 * 2 * Math.PI / 360;
  private static final double START = 0.05;

  private static final int WHITE = 0xFFFFFF;
  private static final int CART = 0x202020;
  private static final int POLE = 0xCA9865;
  private static final int AXLE = 0x8184CC;
  private static final double VIEW = 2 * FARTHEST;

  private double x;
  private double velocity;
  private double angle;
  private double turning;

  /** Makes the world. */
  public CartPole() {
    super(
        new Space.Box(bounds(-1), bounds(1)),
        new Space.Discrete(2),
        List.of("x", "velocity", "angle", "angular_velocity"));
  }

  /** Twice the limits, so that the last observation of an episode is inside. */
  private static float[] bounds(int sign) {
    return new float[] {
      (float) (sign * 2 * FARTHEST),
      sign * Float.POSITIVE_INFINITY,
      (float) (sign * 2 * STEEPEST),
      sign * Float.POSITIVE_INFINITY
    };
  }

  @Override
  protected void begin() {
    x = random().nextDouble(-START, START);
    velocity = random().nextDouble(-START, START);
    angle = random().nextDouble(-START, START);
    turning = random().nextDouble(-START, START);
  }

  /** Euler's explicit step: positions move by the velocities before it. */
  @Override
  protected Outcome advance(Integer action) {
    double force = action == 1 ? FORCE : -FORCE;
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double push = (force + POLE_MOMENT * turning * turning * sin) / TOTAL_MASS;
    double tilt =
        (GRAVITY * sin - cos * push)
            / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * cos * cos / TOTAL_MASS));
    double acceleration = push - POLE_MOMENT * tilt * cos / TOTAL_MASS;
    x += SECONDS * velocity;
    velocity += SECONDS * acceleration;
    angle += SECONDS * turning;
    turning += SECONDS * tilt;
    return new Outcome(1, Math.abs(x) > FARTHEST || Math.abs(angle) > STEEPEST);
  }

  @Override
  protected float[] observe() {
    return new float[] {(float) x, (float) velocity, (float) angle, (float) turning};
  }

  @Override
  protected double[] truth() {
    return new double[] {x, velocity, angle, turning};
  }

  @Override
  public int background() {
    return WHITE;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.show(-FARTHEST, -VIEW / 4, VIEW, VIEW / 2);
    canvas.line(CART, 0.03, -VIEW, 0, VIEW, 0);
    canvas.polygon(CART, x - 0.4, -0.2, x + 0.4, -0.2, x + 0.4, 0.2, x - 0.4, 0.2);
    double length = 2 * HALF_LENGTH;
    canvas.line(
        POLE,
        0.16,
        x,
        0.1,
        x + length * StrictMath.sin(angle),
        0.1 + length * StrictMath.cos(angle));
    canvas.disc(AXLE, x, 0.1, 0.08);
  }
}
