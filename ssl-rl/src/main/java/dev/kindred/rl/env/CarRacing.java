package dev.kindred.rl.env;

import dev.kindred.rl.env.Physics.Rigid;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A racing car on a track that is new in every episode, seen from above: Gymnasium's CarRacing,
 * version 3, with its constants, rewards and picture, without the bars and the score below it and
 * without the zoom at the start. The physics is jbox2d's and the random numbers are Java's, so
 * trajectories are alike and not the same.
 *
 * <p>An action is three numbers: steering from -1 (left) to 1 (right), gas and brake from 0 to 1.
 *
 * <p>Gymnasium has pictures only. Observed here are 26 numbers, scaled to about -1 to 1, all of
 * them as the car sees them: its velocity forwards and to the right, its angular velocity, the
 * steering angle, the four wheels' spin, the place on the road (1 is its right edge), the heading's
 * error (rad, to the left), and where the road is at eight points ahead, 2 tiles apart: to the
 * right and forwards.
 *
 * <p>A step costs 0.1, and each of the track's N tiles earns 1000 / N when a wheel first touches
 * it. The episode ends when all tiles were touched, or the start after more than 95 % of them; with
 * -100 when the car leaves the field. Gymnasium cuts it after 1000 steps, and calls it solved at
 * 900.
 *
 * @see <a href="https://gymnasium.farama.org/environments/box2d/car_racing/">Gymnasium</a>
 */
public final class CarRacing extends Simulation<float[]> {
  /** Gymnasium's limit, in steps. */
  public static final int STEPS = 1000;

  private static final double LAP = 0.95;
  private static final double TRACK_REWARD = 1000;
  private static final double STEP_COST = 0.1;
  private static final double OUTSIDE = -100;
  private static final double FIELD = 2000 / Track.SCALE;

  private static final int POINTS_AHEAD = 8;
  private static final int TILES_APART = 2;
  private static final int NUMBERS = 10 + 2 * POINTS_AHEAD;
  private static final double SPEED_SCALE = 100;
  private static final double SPIN_SCALE = 200;
  private static final double TURN_SCALE = 5;
  private static final double DISTANCE_SCALE = POINTS_AHEAD * TILES_APART * Track.TILE_LENGTH;

  private static final double ZOOM = 2.7 * Track.SCALE;
  private static final double VIEW_WIDTH = 1000 / ZOOM;
  private static final double VIEW_HEIGHT = 800 / ZOOM;
  private static final double SQUARE = FIELD / 20;
  private static final int GRASS = 0x66CC66;
  private static final int LIGHT_GRASS = 0x66E666;
  private static final int[] ROAD = {0x666666, 0x686868, 0x6B6B6B};
  private static final int[] KERB = {0xFFFFFF, 0xFF0000};

  private @Nullable Race race;

  /** Makes the world. */
  public CarRacing() {
    super(
        Space.Box.unbounded(NUMBERS),
        new Space.Box(new float[] {-1, 0, 0}, new float[] {1, 1, 1}),
        List.of(
            "x",
            "y",
            "velocity_x",
            "velocity_y",
            "angle",
            "angular_velocity",
            "steering",
            "offset",
            "heading_error"));
  }

  /** A track with a car on it. */
  private static final class Race {
    private final Physics physics = new Physics(0);
    private final Map<Rigid, Integer> tiles = new IdentityHashMap<>();
    private final Track track;
    private final Car car;
    private final boolean[] visited;
    private int visits;
    private boolean finished;
    private double earned;

    private Race(Track track) {
      this.track = track;
      visited = new boolean[track.size()];
      for (int i = 0; i < track.size(); i++) {
        tiles.put(physics.fixed().area(track.road(i)), i);
      }
      Track.Point start = track.point(0);
      car = new Car(physics, start.x(), start.y(), start.across());
      physics.tell(this::touch);
    }

    private void touch(Rigid one, Rigid other, boolean touches) {
      Integer tile = tiles.getOrDefault(one, tiles.get(other));
      if (tile == null || !car.rolls(tiles.containsKey(one) ? other : one, touches)) {
        return;
      }
      finished |= tile == 0 && visits > LAP * track.size();
      if (touches && !visited[tile]) {
        visited[tile] = true;
        visits++;
        earned += TRACK_REWARD / track.size();
      }
    }

    private void move(double steering, double gas, double brake) {
      car.drive(steering, gas, brake);
      physics.step();
    }

    /** What was earned since the last call. */
    private double takeEarned() {
      double taken = earned;
      earned = 0;
      return taken;
    }
  }

  @Override
  protected void begin() {
    race = new Race(Track.draw(random()));
    race.move(0, 0, 0);
  }

  @Override
  protected Outcome advance(float[] action) {
    Race race = race();
    race.move(-action[0], action[1], action[2]);
    Rigid hull = race.car.hull();
    if (Math.abs(hull.x()) > FIELD || Math.abs(hull.y()) > FIELD) {
      return new Outcome(OUTSIDE, true);
    }
    boolean over = race.finished || race.visits == race.track.size();
    return new Outcome(race.takeEarned() - STEP_COST, over);
  }

  private Race race() {
    return begun(race);
  }

  @Override
  protected float[] observe() {
    Car car = race().car;
    Rigid hull = car.hull();
    double sin = StrictMath.sin(hull.angle());
    double cos = StrictMath.cos(hull.angle());
    Track track = race().track;
    int tile = track.nearest(hull.x(), hull.y());
    float[] seen = new float[NUMBERS];
    seen[0] = (float) ((hull.velocityY() * cos - hull.velocityX() * sin) / SPEED_SCALE);
    seen[1] = (float) ((hull.velocityX() * cos + hull.velocityY() * sin) / SPEED_SCALE);
    seen[2] = (float) (hull.angularVelocity() / TURN_SCALE);
    seen[3] = (float) car.steering();
    for (int i = 0; i < 4; i++) {
      seen[4 + i] = (float) (car.spin(i) / SPIN_SCALE);
    }
    seen[8] = (float) (track.point(tile).offset(hull.x(), hull.y()) / Track.HALF_WIDTH);
    seen[9] = (float) headingError(track.point(tile));
    for (int i = 0; i < POINTS_AHEAD; i++) {
      Track.Point point = track.point(tile + (i + 1) * TILES_APART);
      double x = point.x() - hull.x();
      double y = point.y() - hull.y();
      seen[10 + 2 * i] = (float) ((x * cos + y * sin) / DISTANCE_SCALE);
      seen[11 + 2 * i] = (float) ((y * cos - x * sin) / DISTANCE_SCALE);
    }
    return seen;
  }

  private double headingError(Track.Point point) {
    return Track.wrapped(race().car.hull().angle() - point.across());
  }

  @Override
  protected double[] truth() {
    Rigid hull = race().car.hull();
    Track track = race().track;
    Track.Point point = track.point(track.nearest(hull.x(), hull.y()));
    return new double[] {
      hull.x(),
      hull.y(),
      hull.velocityX(),
      hull.velocityY(),
      hull.angle(),
      hull.angularVelocity(),
      race().car.steering(),
      point.offset(hull.x(), hull.y()),
      headingError(point)
    };
  }

  @Override
  public int background() {
    return GRASS;
  }

  /** The car a quarter above the lower edge, facing upwards, as the camera follows it. */
  @Override
  public void draw(Canvas canvas) {
    Rigid hull = race().car.hull();
    double scale = Math.min(canvas.width() / VIEW_WIDTH, canvas.height() / VIEW_HEIGHT);
    double[] middle = hull.toWorld(0, canvas.height() / scale / 4);
    canvas.look(middle[0], middle[1], scale, -hull.angle());
    drawGrass(canvas);
    drawRoad(canvas);
    race().car.draw(canvas);
  }

  private static void drawGrass(Canvas canvas) {
    for (int i = -20; i < 20; i += 2) {
      for (int j = -20; j < 20; j += 2) {
        double x = SQUARE * i;
        double y = SQUARE * j;
        canvas.rectangle(LIGHT_GRASS, x, y, x + SQUARE, y + SQUARE);
      }
    }
  }

  private void drawRoad(Canvas canvas) {
    Track track = race().track;
    for (int i = 0; i < track.size(); i++) {
      canvas.polygon(ROAD[race().visited[i] ? 0 : i % ROAD.length], track.pavement(i));
      int kerb = KERB[i % KERB.length];
      track.kerb(i).ifPresent(corners -> canvas.polygon(kerb, corners));
    }
  }
}
