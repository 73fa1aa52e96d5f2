package dev.kindred.rl.env;

import dev.kindred.rl.env.Physics.Limits;
import dev.kindred.rl.env.Physics.Matter;
import dev.kindred.rl.env.Physics.Rigid;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A craft with three engines, to be landed on its two legs between two flags: Gymnasium's
 * LunarLander, version 3, without wind, with its constants, rewards and observations. The physics
 * is jbox2d's and the random numbers are Java's, so trajectories are alike and not the same.
 *
 * <p>Observed are 8 numbers: the position (0, 0 is the pad), the velocity, the angle (rad, to the
 * left) and the angular velocity, scaled to about -1 to 1, and whether the right and the left leg
 * touch the ground. The space has the bounds that hold: only the legs have any, while Gymnasium
 * states 2.5, 10 and two turns for the rest, which a craft can leave. The true state is in metres,
 * radians and seconds, from the pad.
 *
 * <p>A step earns as much as the craft came nearer to the pad, slower and more upright, and 10 for
 * a leg on the ground (lost again with it); firing costs 0.3 for the main engine and 0.03 for a
 * side engine. The episode ends with -100 when the hull touches the ground or the craft leaves to a
 * side, and with +100 when it has come to rest. Gymnasium cuts it after 1000 steps, and calls it
 * solved at 200.
 *
 * @param <A> an action: {@link Integer} or {@code float[]}
 * @see <a href="https://gymnasium.farama.org/environments/box2d/lunar_lander/">Gymnasium</a>
 */
public final class LunarLander<A> extends Simulation<A> {
  /** Gymnasium's limit, in steps. */
  public static final int STEPS = 1000;

  private static final double SCALE = 30;
  private static final double WIDTH = 600 / SCALE;
  private static final double HEIGHT = 400 / SCALE;
  private static final double GRAVITY = -10;
  private static final double MAIN_ENGINE_POWER = 13;
  private static final double MAIN_ENGINE_DOWN = 4 / SCALE;
  private static final double SIDE_ENGINE_POWER = 0.6;
  private static final double SIDE_ENGINE_AWAY = 12 / SCALE;
  private static final double SIDE_ENGINE_HEIGHT = 14 / SCALE;
  private static final double SIDE_ENGINE_OFFSET = 17 / SCALE;
  private static final double INITIAL_FORCE = 1000;
  private static final int CHUNKS = 11;
  private static final double PAD_Y = HEIGHT / 4;
  private static final double LEG_AWAY = 20 / SCALE;
  private static final double LEG_DOWN = 18 / SCALE;
  private static final double LEG_TORQUE = 40;
  private static final double LEG_SPEED = 0.3;
  private static final double MAIN_COST = 0.3;
  private static final double SIDE_COST = 0.03;
  private static final double END = 100;

  private static final double[] HULL = scaled(-14, 17, -17, 0, -17, -10, 17, -10, 17, 0, 14, 17);
  private static final double[] LEG = scaled(-2, -8, 2, -8, 2, 8, -2, 8);
  private static final Matter HULL_MATTER = new Matter(5, 0.1, 0x0010, Physics.GROUND);
  private static final Matter LEG_MATTER = new Matter(1, 0x0020, Physics.GROUND);
  private static final Matter MOON_MATTER = Matter.ground(0.1);

  private static final int BLACK = 0x000000;
  private static final int WHITE = 0xFFFFFF;
  private static final int CRAFT = 0x8066E6;
  private static final int SKIN = 0x4D4D80;
  private static final int FLAG = 0xCCCC00;
  private static final int FLAME = 0xFF6A20;

  private final Function<A, Throttle> controls;
  private @Nullable Scene scene;
  private double[] terrain = {};
  private Throttle firing = Throttle.OFF;
  private double worth;

  private LunarLander(Space<A> actions, Function<A, Throttle> controls) {
    super(
        new Space.Box(bounds(Float.NEGATIVE_INFINITY, 0), bounds(Float.POSITIVE_INFINITY, 1)),
        actions,
        List.of(
            "x",
            "y",
            "velocity_x",
            "velocity_y",
            "angle",
            "angular_velocity",
            "left_contact",
            "right_contact"));
    this.controls = controls;
  }

  /**
   * The craft whose engines fire fully or not at all, one at a time: 0 none, 1 the engine that
   * pushes to the left, 2 the main engine, 3 the engine that pushes to the right.
   */
  public static LunarLander<Integer> discrete() {
    return new LunarLander<>(new Space.Discrete(4), Throttle::of);
  }

  /**
   * The craft with throttles, two numbers from -1 to 1. The first is the main engine's: off up to
   * 0, and from 50 % above it to 100 % at 1. The second is the side engines': off from -0.5 to 0.5,
   * beyond it the engine that pushes to the left (negative) or to the right, from 50 % to 100 %.
   */
  public static LunarLander<float[]> continuous() {
    return new LunarLander<>(Space.Box.of(2, -1, 1), Throttle::of);
  }

  /** What can move, with what it stands on. */
  private static final class Scene {
    private final Physics physics = new Physics(GRAVITY);
    private final Rigid craft;
    private final Rigid right;
    private final Rigid left;
    private boolean crashed;
    private boolean rightTouches;
    private boolean leftTouches;

    private Scene(double[] terrain) {
      Rigid moon = physics.fixed().edge(Matter.ground(0.2), 0, 0, WIDTH, 0);
      for (int i = 0; i + 2 < terrain.length; i += 2) {
        moon.edge(MOON_MATTER, terrain[i], terrain[i + 1], terrain[i + 2], terrain[i + 3]);
      }
      craft = physics.moving(WIDTH / 2, HEIGHT, 0).polygon(HULL_MATTER, HULL);
      right = leg(-1);
      left = leg(1);
      physics.tell(this::touch);
    }

    /** The leg at the right for -1, at the left for 1; it is sprung by its joint's motor. */
    private Rigid leg(int side) {
      Rigid leg =
          physics.moving(WIDTH / 2 - side * LEG_AWAY, HEIGHT, side * 0.05).polygon(LEG_MATTER, LEG);
      Limits limits =
          side < 0
              ? new Limits(0.9 - 0.5, 0.9, LEG_TORQUE, -LEG_SPEED)
              : new Limits(-0.9, -0.9 + 0.5, LEG_TORQUE, LEG_SPEED);
      physics.hinge(craft, 0, 0, leg, side * LEG_AWAY, LEG_DOWN, limits);
      return leg;
    }

    private void touch(Rigid one, Rigid other, boolean touches) {
      if (one == craft || other == craft) {
        crashed |= touches;
      }
      if (one == right || other == right) {
        rightTouches = touches;
      }
      if (one == left || other == left) {
        leftTouches = touches;
      }
    }
  }

  /**
   * How far the engines are open.
   *
   * @param main 0 to 1
   * @param side -1 to 1: below 0 the engine that pushes to the left
   */
  private record Throttle(double main, double side) {
    private static final Throttle OFF = new Throttle(0, 0);
    private static final double LEAST = 0.5;

    private static Throttle of(int choice) {
      return new Throttle(choice == 2 ? 1 : 0, choice % 2 == 0 ? 0 : choice - 2);
    }

    private static Throttle of(float[] levers) {
      double main = levers[0] > 0 ? LEAST + LEAST * levers[0] : 0;
      return new Throttle(main, Math.abs(levers[1]) > LEAST ? levers[1] : 0);
    }
  }

  private static float[] bounds(float any, float touching) {
    return new float[] {any, any, any, any, any, any, touching, touching};
  }

  private static double[] scaled(double... pixels) {
    double[] metres = new double[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      metres[i] = pixels[i] / SCALE;
    }
    return metres;
  }

  @Override
  protected void begin() {
    terrain = terrain();
    scene = new Scene(terrain);
    scene.craft.push(
        random().nextDouble(-INITIAL_FORCE, INITIAL_FORCE),
        random().nextDouble(-INITIAL_FORCE, INITIAL_FORCE));
    move(Throttle.OFF);
    worth = worth(state());
  }

  /** Corners of the ground from left to right; the five in the middle are the pad's height. */
  private double[] terrain() {
    double[] heights = new double[CHUNKS + 1];
    for (int i = 0; i < heights.length; i++) {
      heights[i] = random().nextDouble(0, HEIGHT / 2);
    }
    for (int i = CHUNKS / 2 - 2; i <= CHUNKS / 2 + 2; i++) {
      heights[i] = PAD_Y;
    }
    double[] corners = new double[2 * CHUNKS];
    for (int i = 0; i < CHUNKS; i++) {
      double before = heights[i > 0 ? i - 1 : CHUNKS];
      corners[2 * i] = chunk(i);
      corners[2 * i + 1] = 0.33 * (before + heights[i] + heights[i + 1]);
    }
    return corners;
  }

  private static double chunk(int i) {
    return WIDTH / (CHUNKS - 1) * i;
  }

  @Override
  protected Outcome advance(A action) {
    move(controls.apply(action));
    double[] state = state();
    double before = worth;
    worth = worth(state);
    if (!scene().craft.awake()) {
      return new Outcome(END, true);
    }
    if (scene().crashed || Math.abs(state[0]) >= 1) {
      return new Outcome(-END, true);
    }
    double fuel = MAIN_COST * firing.main() + SIDE_COST * Math.abs(firing.side());
    return new Outcome(worth - before - fuel, false);
  }

  /** Fires, each engine a little beside its place at random, and moves the world. */
  private void move(Throttle throttle) {
    firing = throttle;
    double along = random().nextDouble(-1, 1) / SCALE;
    double across = random().nextDouble(-1, 1) / SCALE;
    double angle = scene().craft.angle();
    double sin = StrictMath.sin(angle);
    double cos = StrictMath.cos(angle);
    if (throttle.main() > 0) {
      fireMain(throttle.main(), sin, cos, MAIN_ENGINE_DOWN + 2 * along, across);
    }
    if (throttle.side() != 0) {
      double away = 3 * across + Math.signum(throttle.side()) * SIDE_ENGINE_AWAY;
      fireSide(Math.abs(throttle.side()), sin, cos, along, away);
    }
    scene().physics.step();
  }

  private void fireMain(double power, double sin, double cos, double down, double across) {
    double x = sin * down - cos * across;
    double y = -cos * down - sin * across;
    kick(MAIN_ENGINE_POWER * power, x, y, x, y);
  }

  private void fireSide(double power, double sin, double cos, double along, double away) {
    double x = sin * along - cos * away;
    double y = -cos * along - sin * away;
    double atX = x - sin * SIDE_ENGINE_OFFSET;
    double atY = y + cos * SIDE_ENGINE_HEIGHT;
    kick(SIDE_ENGINE_POWER * power, x, y, atX, atY);
  }

  /** Kicks the craft away from where an engine blows to. */
  private void kick(double power, double x, double y, double atX, double atY) {
    Rigid craft = scene().craft;
    craft.kick(-x * power, -y * power, craft.x() + atX, craft.y() + atY);
  }

  private Scene scene() {
    return begun(scene);
  }

  private double[] state() {
    Rigid craft = scene().craft;
    return new double[] {
      (craft.x() - WIDTH / 2) / (WIDTH / 2),
      (craft.y() - (PAD_Y + LEG_DOWN)) / (HEIGHT / 2),
      craft.velocityX() * (WIDTH / 2) / Physics.STEPS_PER_SECOND,
      craft.velocityY() * (HEIGHT / 2) / Physics.STEPS_PER_SECOND,
      craft.angle(),
      20 * craft.angularVelocity() / Physics.STEPS_PER_SECOND,
      number(scene().rightTouches),
      number(scene().leftTouches)
    };
  }

  private static double number(boolean is) {
    return is ? 1 : 0;
  }

  private static double worth(double[] state) {
    return -100 * Math.sqrt(state[0] * state[0] + state[1] * state[1])
        - 100 * Math.sqrt(state[2] * state[2] + state[3] * state[3])
        - 100 * Math.abs(state[4])
        + 10 * state[6]
        + 10 * state[7];
  }

  @Override
  protected float[] observe() {
    double[] state = state();
    float[] observed = new float[state.length];
    for (int i = 0; i < state.length; i++) {
      observed[i] = (float) state[i];
    }
    return observed;
  }

  @Override
  protected double[] truth() {
    Rigid craft = scene().craft;
    return new double[] {
      craft.x() - WIDTH / 2,
      craft.y() - (PAD_Y + LEG_DOWN),
      craft.velocityX(),
      craft.velocityY(),
      craft.angle(),
      craft.angularVelocity(),
      number(scene().leftTouches),
      number(scene().rightTouches)
    };
  }

  @Override
  public int background() {
    return BLACK;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.show(0, 0, WIDTH, Math.max(HEIGHT, WIDTH * canvas.height() / canvas.width()));
    canvas.polygon(WHITE, ground());
    flag(canvas, chunk(CHUNKS / 2 - 1));
    flag(canvas, chunk(CHUNKS / 2 + 1));
    flames(canvas);
    for (Rigid leg : List.of(scene().left, scene().right)) {
      canvas.polygon(CRAFT, leg.toWorld(LEG));
    }
    canvas.polygon(SKIN, scene().craft.toWorld(HULL));
    canvas.polygon(
        CRAFT, scene().craft.toWorld(scaled(-12, 15, -15, 0, -15, -8, 15, -8, 15, 0, 12, 15)));
  }

  /** The terrain with what is below it, on to both sides and down, for pictures of any shape. */
  private double[] ground() {
    int last = terrain.length - 2;
    double[] corners = new double[terrain.length + 8];
    System.arraycopy(terrain, 0, corners, 0, terrain.length);
    double[] around = {
      2 * WIDTH, terrain[last + 1], 2 * WIDTH, -WIDTH, -WIDTH, -WIDTH, -WIDTH, terrain[1]
    };
    System.arraycopy(around, 0, corners, terrain.length, around.length);
    return corners;
  }

  private static void flag(Canvas canvas, double x) {
    double top = PAD_Y + 50 / SCALE;
    canvas.line(WHITE, 2 / SCALE, x, PAD_Y - 0.1, x, top);
    canvas.polygon(FLAG, x, top, x, top - 10 / SCALE, x + 25 / SCALE, top - 5 / SCALE);
  }

  /** Where Gymnasium lets sparks fly, the engines that fired have a flame. */
  private void flames(Canvas canvas) {
    Rigid craft = scene().craft;
    if (firing.main() > 0) {
      double end = -10 - 20 * firing.main();
      canvas.polygon(FLAME, craft.toWorld(scaled(-6, -10, 6, -10, 0, end)));
    }
    if (firing.side() != 0) {
      double out = -Math.signum(firing.side());
      double end = out * (15 + 12 * Math.abs(firing.side()));
      canvas.polygon(FLAME, craft.toWorld(scaled(out * 14, 9, out * 14, 17, end, 13)));
    }
  }
}
