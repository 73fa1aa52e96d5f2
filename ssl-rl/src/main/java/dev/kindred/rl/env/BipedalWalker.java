package dev.kindred.rl.env;

import dev.kindred.rl.env.Physics.Hinge;
import dev.kindred.rl.env.Physics.Limits;
import dev.kindred.rl.env.Physics.Matter;
import dev.kindred.rl.env.Physics.Rigid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A robot with two legs, to be walked over slightly uneven grass: Gymnasium's BipedalWalker,
 * version 3, in its normal form, with its constants, rewards and observations. The physics is
 * jbox2d's and the random numbers are Java's, so trajectories are alike and not the same.
 *
 * <p>An action is four numbers from -1 to 1: the first leg's hip and knee, the second leg's hip and
 * knee. The sign says which way the motor turns, the size how strong it is.
 *
 * <p>Observed are 24 numbers: the hull's angle (rad, to the left), its angular velocity and its
 * velocity; for each leg the hip's angle and speed, the knee's angle and speed and whether the
 * lower leg touches the ground; and how far ten rays from the hull reach, from straight down to
 * almost straight ahead, 1 for a free way. All are scaled to about -1 to 1; only contacts and rays
 * have bounds.
 *
 * <p>A step earns as much as the hull came forward, in all 300 to the far end, less what its tilt
 * grew and what the motors cost. The episode ends with -100 when the hull touches the ground or
 * goes back beyond the start, and without when the far end is reached. Gymnasium cuts it after 1600
 * steps, and calls it solved at 300.
 *
 * @see <a href="https://gymnasium.farama.org/environments/box2d/bipedal_walker/">Gymnasium</a>
 */
public final class BipedalWalker extends Simulation<float[]> {
  /** Gymnasium's limit, in steps. */
  public static final int STEPS = 1600;

  private static final double SCALE = 30;
  private static final double WIDTH = 600 / SCALE;
  private static final double HEIGHT = 400 / SCALE;
  private static final double GRAVITY = -10;
  private static final double TORQUE = 80;
  private static final double HIP_SPEED = 4;
  private static final double KNEE_SPEED = 6;
  private static final double[] SPEEDS = {HIP_SPEED, KNEE_SPEED, HIP_SPEED, KNEE_SPEED};
  private static final double TORQUE_COST = 0.00035 * TORQUE;
  private static final int RAYS = 10;
  private static final double RAY_LENGTH = 160 / SCALE;
  private static final double INITIAL_FORCE = 5;
  private static final double LEG_DOWN = -8 / SCALE;
  private static final double LEG_WIDTH = 8 / SCALE;
  private static final double LEG_HEIGHT = 34 / SCALE;

  private static final double GROUND_STEP = 14 / SCALE;
  private static final int GROUND_STEPS = 200;
  private static final double GROUND_HEIGHT = HEIGHT / 4;
  private static final int GRASS_STEPS = 10;
  private static final int START_STEPS = 20;
  private static final double FINISH = (GROUND_STEPS - GRASS_STEPS) * GROUND_STEP;
  private static final double FALLEN = -100;

  private static final double[] HULL = {
    -30 / SCALE,
    9 / SCALE,
    6 / SCALE,
    9 / SCALE,
    34 / SCALE,
    1 / SCALE,
    34 / SCALE,
    -8 / SCALE,
    -30 / SCALE,
    -8 / SCALE
  };
  private static final double[] UPPER = box(LEG_WIDTH / 2, LEG_HEIGHT / 2);
  private static final double[] LOWER = box(0.8 * LEG_WIDTH / 2, LEG_HEIGHT / 2);
  private static final Matter HULL_MATTER = new Matter(5, 0.1, 0x0020, Physics.GROUND);
  private static final Matter LEG_MATTER = new Matter(1, 0x0020, Physics.GROUND);
  private static final Matter GRASS_MATTER = Matter.ground(2.5);

  private static final int SKY = 0xD7D7FF;
  private static final int CLOUD = 0xFFFFFF;
  private static final int EARTH = 0x66994C;
  private static final int[] GRASS = {0x4CFF4C, 0x4CCC4C};
  private static final int ROBOT = 0x7F33E5;
  private static final int FAR_LEG = 0xB26598;
  private static final int NEAR_LEG = 0x803366;
  private static final int POLE = 0x000000;
  private static final int FLAG = 0xE53300;

  private @Nullable Scene scene;
  private double[] ground = {};
  private final List<double[]> clouds = new ArrayList<>();
  private double worth;

  /** Makes the world. */
  public BipedalWalker() {
    super(
        new Space.Box(bounds(Float.NEGATIVE_INFINITY, 0, 0), bounds(Float.POSITIVE_INFINITY, 1, 1)),
        Space.Box.of(4, -1, 1),
        List.of(
            "x",
            "y",
            "velocity_x",
            "velocity_y",
            "angle",
            "angular_velocity",
            "hip_1",
            "knee_1",
            "contact_1",
            "hip_2",
            "knee_2",
            "contact_2"));
  }

  private static float[] bounds(float any, float contact, float ray) {
    float[] bounds = new float[14 + RAYS];
    Arrays.fill(bounds, 0, 14, any);
    bounds[8] = contact;
    bounds[13] = contact;
    Arrays.fill(bounds, 14, bounds.length, ray);
    return bounds;
  }

  private static double[] box(double halfWidth, double halfHeight) {
    return new double[] {
      -halfWidth, -halfHeight, halfWidth, -halfHeight, halfWidth, halfHeight, -halfWidth, halfHeight
    };
  }

  /** What can move, with what it stands on. */
  private static final class Scene {
    private static final double START_X = GROUND_STEP * START_STEPS / 2;
    private static final double START_Y = GROUND_HEIGHT + 2 * LEG_HEIGHT;

    private final Physics physics = new Physics(GRAVITY);
    private final Rigid hull;
    private final List<Leg> legs;
    private boolean fallen;

    private Scene(double[] ground) {
      Rigid earth = physics.fixed();
      for (int i = 0; i + 2 < ground.length; i += 2) {
        earth.edge(GRASS_MATTER, ground[i], ground[i + 1], ground[i + 2], ground[i + 3]);
      }
      hull = physics.moving(START_X, START_Y, 0).polygon(HULL_MATTER, HULL);
      legs = List.of(new Leg(physics, hull, -1), new Leg(physics, hull, 1));
      physics.tell(this::touch);
    }

    private void touch(Rigid one, Rigid other, boolean touches) {
      if (one == hull || other == hull) {
        fallen |= touches;
      }
      for (Leg leg : legs) {
        if (one == leg.lower || other == leg.lower) {
          leg.touches = touches;
        }
      }
    }

    private List<Hinge> joints() {
      return List.of(legs.get(0).hip, legs.get(0).knee, legs.get(1).hip, legs.get(1).knee);
    }
  }

  private static final class Leg {
    private static final Limits HIP = new Limits(-0.8, 1.1, TORQUE, 1);
    private static final Limits KNEE = new Limits(-1.6, -0.1, TORQUE, 1);

    private final Rigid upper;
    private final Rigid lower;
    private final Hinge hip;
    private final Hinge knee;
    private boolean touches;

    private Leg(Physics physics, Rigid hull, int side) {
      double y = Scene.START_Y - LEG_DOWN - LEG_HEIGHT / 2;
      double tilt = side * 0.05;
      upper = physics.moving(Scene.START_X, y, tilt).polygon(LEG_MATTER, UPPER);
      lower = physics.moving(Scene.START_X, y - LEG_HEIGHT, tilt).polygon(LEG_MATTER, LOWER);
      hip = physics.hinge(hull, 0, LEG_DOWN, upper, 0, LEG_HEIGHT / 2, HIP);
      knee = physics.hinge(upper, 0, -LEG_HEIGHT / 2, lower, 0, LEG_HEIGHT / 2, KNEE);
    }
  }

  @Override
  protected void begin() {
    ground = ground(random());
    clouds.clear();
    for (int i = 0; i < GROUND_STEPS / 20; i++) {
      clouds.add(cloud(random()));
    }
    scene = new Scene(ground);
    scene.hull.push(random().nextDouble(-INITIAL_FORCE, INITIAL_FORCE), 0);
    move(new float[SPEEDS.length]);
    worth = worth();
  }

  /** Corners of the grass from left to right: a random walk that is drawn to the middle height. */
  private static double[] ground(RandomGenerator random) {
    double[] corners = new double[2 * GROUND_STEPS];
    double slope = 0;
    double y = GROUND_HEIGHT;
    int flatIn = START_STEPS;
    for (int i = 0; i < GROUND_STEPS; i++) {
      if (flatIn > 0) {
        slope = 0.8 * slope + 0.01 * Math.signum(GROUND_HEIGHT - y);
        slope += i > START_STEPS ? random.nextDouble(-1, 1) / SCALE : 0;
        y += slope;
      } else {
        flatIn = random.nextInt(GRASS_STEPS / 2, GRASS_STEPS);
      }
      flatIn--;
      corners[2 * i] = i * GROUND_STEP;
      corners[2 * i + 1] = y;
    }
    return corners;
  }

  private static double[] cloud(RandomGenerator random) {
    double[] corners = new double[10];
    double x = random.nextDouble(0, GROUND_STEPS) * GROUND_STEP;
    for (int i = 0; i < 5; i++) {
      double angle = 2 * Math.PI * i / 5;
      double ragged = 5 * GROUND_STEP;
      corners[2 * i] = x + 15 * GROUND_STEP * StrictMath.sin(angle) + random.nextDouble(ragged);
      corners[2 * i + 1] =
          HEIGHT * 3 / 4 + 5 * GROUND_STEP * StrictMath.cos(angle) + random.nextDouble(ragged);
    }
    return corners;
  }

  @Override
  protected Outcome advance(float[] action) {
    move(action);
    double before = worth;
    worth = worth();
    Rigid hull = scene().hull;
    if (scene().fallen || hull.x() < 0) {
      return new Outcome(FALLEN, true);
    }
    double effort = 0;
    for (float motor : action) {
      effort += Math.abs(motor);
    }
    return new Outcome(worth - before - TORQUE_COST * effort, hull.x() > FINISH);
  }

  private void move(float[] action) {
    List<Hinge> joints = scene().joints();
    for (int i = 0; i < action.length; i++) {
      joints.get(i).drive(SPEEDS[i] * Math.signum(action[i]), TORQUE * Math.abs(action[i]));
    }
    scene().physics.step();
  }

  private double worth() {
    Rigid hull = scene().hull;
    return 130 * hull.x() / SCALE - 5 * Math.abs(hull.angle());
  }

  private Scene scene() {
    return begun(scene);
  }

  @Override
  protected float[] observe() {
    float[] seen = new float[14 + RAYS];
    Rigid hull = scene().hull;
    seen[0] = (float) hull.angle();
    seen[1] = (float) (2 * hull.angularVelocity() / Physics.STEPS_PER_SECOND);
    seen[2] = (float) (0.3 * hull.velocityX() * WIDTH / Physics.STEPS_PER_SECOND);
    seen[3] = (float) (0.3 * hull.velocityY() * HEIGHT / Physics.STEPS_PER_SECOND);
    observe(scene().legs.get(0), seen, 4);
    observe(scene().legs.get(1), seen, 9);
    for (int i = 0; i < RAYS; i++) {
      seen[14 + i] = (float) ray(i);
    }
    return seen;
  }

  private static void observe(Leg leg, float[] seen, int at) {
    seen[at] = (float) leg.hip.angle();
    seen[at + 1] = (float) (leg.hip.speed() / HIP_SPEED);
    seen[at + 2] = (float) (leg.knee.angle() + 1);
    seen[at + 3] = (float) (leg.knee.speed() / KNEE_SPEED);
    seen[at + 4] = leg.touches ? 1 : 0;
  }

  private double ray(int i) {
    Rigid hull = scene().hull;
    double angle = 1.5 * i / RAYS;
    double x = hull.x() + StrictMath.sin(angle) * RAY_LENGTH;
    double y = hull.y() - StrictMath.cos(angle) * RAY_LENGTH;
    return scene().physics.freeWay(hull.x(), hull.y(), x, y);
  }

  @Override
  protected double[] truth() {
    Rigid hull = scene().hull;
    Leg first = scene().legs.get(0);
    Leg second = scene().legs.get(1);
    return new double[] {
      hull.x(),
      hull.y(),
      hull.velocityX(),
      hull.velocityY(),
      hull.angle(),
      hull.angularVelocity(),
      first.hip.angle(),
      first.knee.angle(),
      first.touches ? 1 : 0,
      second.hip.angle(),
      second.knee.angle(),
      second.touches ? 1 : 0
    };
  }

  @Override
  public int background() {
    return SKY;
  }

  /** The height of the world with the robot at the left, and as much ahead of it as fits. */
  @Override
  public void draw(Canvas canvas) {
    double left = scene().hull.x() - WIDTH / 5;
    double wide = HEIGHT * canvas.width() / canvas.height();
    for (double[] cloud : clouds) {
      // At half the speed of what is near.
      canvas.show(left / 2, 0, wide, HEIGHT);
      canvas.polygon(CLOUD, cloud);
    }
    canvas.show(left, 0, wide, HEIGHT);
    drawGround(canvas, left, left + wide);
    drawFlag(canvas);
    drawLeg(canvas, scene().legs.get(0), FAR_LEG);
    drawLeg(canvas, scene().legs.get(1), NEAR_LEG);
    canvas.polygon(ROBOT, scene().hull.toWorld(HULL));
  }

  private void drawGround(Canvas canvas, double left, double right) {
    int from = (int) Math.max(0, left / GROUND_STEP - 1);
    int to = (int) Math.min(GROUND_STEPS - 1, right / GROUND_STEP + 2);
    double[] earth = Arrays.copyOfRange(ground, 2 * from, 2 * to + 6);
    earth[earth.length - 4] = ground[2 * to];
    earth[earth.length - 3] = 0;
    earth[earth.length - 2] = ground[2 * from];
    earth[earth.length - 1] = 0;
    canvas.polygon(EARTH, earth);
    for (int i = from; i < to; i++) {
      int at = 2 * i;
      double x = ground[at + 2];
      canvas.line(GRASS[i % 2], 3 / SCALE, ground[at], ground[at + 1], x, ground[at + 3]);
    }
  }

  private static void drawFlag(Canvas canvas) {
    double x = GROUND_STEP * 3;
    double top = GROUND_HEIGHT + 50 / SCALE;
    canvas.line(POLE, 2 / SCALE, x, GROUND_HEIGHT, x, top);
    canvas.polygon(FLAG, x, top, x, top - 10 / SCALE, x + 25 / SCALE, top - 5 / SCALE);
  }

  private static void drawLeg(Canvas canvas, Leg leg, int colour) {
    canvas.polygon(colour, leg.upper.toWorld(UPPER));
    canvas.polygon(colour, leg.lower.toWorld(LOWER));
  }
}
