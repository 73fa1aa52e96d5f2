package dev.kindred.rl.env;

import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Something to look at that does not matter: behind the world, wide stripes drift and discs and
 * rectangles move through each other, all in colours that change. A network that describes what it
 * sees is drawn to them, one that describes what its actions change should not be.
 *
 * <p>All of it is a function of the episode's seed and the step. What is behind is mixed with the
 * world's own background, so that the world in front stays to be seen.
 */
public final class Distractors implements Backdrop {
  /** What {@link #defaults} has. */
  private static final int COUNT = 8;

  private static final double SIZE = 0.15;
  private static final double SPEED = 0.01;
  private static final double STRENGTH = 0.6;

  private static final int STRIPES = 5;
  private static final int LEVELS = 255;

  private final int count;
  private final double size;
  private final double speed;
  private final double strength;
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Colour> stripes = new ArrayList<>();
  private double drift;

  /**
   * Makes distractors.
   *
   * @param count the number of shapes, {@code >= 0}
   * @param size the largest shape's half extent as a share of the picture, in {@code (0, 1]}
   * @param speed the most that a shape moves in a step, as a share of the picture, {@code >= 0}
   * @param strength how much of the world's own background they replace, in {@code [0, 1]}
   */
  public Distractors(int count, double size, double speed, double strength) {
    this.count = Require.atLeastZero("count", count);
    Require.that(size > 0 && size <= 1, "size", "in (0, 1]", size);
    this.size = size;
    this.speed = Require.atLeastZero("speed", speed);
    Require.share("strength", strength);
    this.strength = strength;
  }

  /** Eight shapes up to 30 % of the picture wide, 1 % a step fast, replacing 60 %. */
  public static Distractors defaults() {
    return new Distractors(COUNT, SIZE, SPEED, STRENGTH);
  }

  @Override
  public void begin(long seed) {
    // Another stream than the world's, which begins with the same seed.
    RandomGenerator random = new SplittableRandom(~seed);
    drift = random.nextDouble(-speed, Math.nextUp(speed)) / 2;
    stripes.clear();
    for (int i = 0; i < STRIPES; i++) {
      stripes.add(Colour.draw(random));
    }
    shapes.clear();
    for (int i = 0; i < count; i++) {
      shapes.add(shape(random));
    }
  }

  private Shape shape(RandomGenerator random) {
    return new Shape(
        random.nextBoolean(),
        random.nextDouble(size / 2, size),
        random.nextDouble(size / 2, size),
        Path.draw(random, speed),
        Path.draw(random, speed),
        Colour.draw(random));
  }

  /** A way from 0 to 1 and back again, at constant speed. */
  private record Path(double start, double speed) {
    private static Path draw(RandomGenerator random, double most) {
      return new Path(random.nextDouble(2), random.nextDouble(most / 3, Math.nextUp(most)));
    }

    private double at(int step) {
      double way = (start + speed * step) % 2;
      return way < 1 ? way : 2 - way;
    }
  }

  /** A colour whose channels rise and fall, each at its own pace. */
  private record Colour(double[] phases, double[] paces) {
    private static final double SLOWEST = 0.01;
    private static final double FASTEST = 0.05;

    private static Colour draw(RandomGenerator random) {
      return new Colour(
          random.doubles(3, 0, 2 * Math.PI).toArray(),
          random.doubles(3, SLOWEST, FASTEST).toArray());
    }

    private int at(int step) {
      int colour = 0;
      for (int i = 0; i < phases.length; i++) {
        double level = 0.5 + 0.5 * StrictMath.sin(phases[i] + paces[i] * step);
        colour = colour << 8 | (int) (LEVELS * level + 0.5);
      }
      return colour;
    }
  }

  private record Shape(boolean round, double wide, double high, Path x, Path y, Colour colour) {}

  @Override
  public void paint(Canvas canvas, int step, int colour) {
    int height = canvas.height();
    int width = canvas.width();
    canvas.clear(colour);
    canvas.look(width / 2.0, height / 2.0, 1, 0);
    double each = (double) width / STRIPES;
    double moved = drift * step - Math.floor(drift * step);
    for (int i = 0; i < STRIPES; i++) {
      double left = (i + moved * STRIPES) % STRIPES * each;
      int stripe = mixed(colour, stripes.get(i), step);
      canvas.rectangle(stripe, left, 0, left + each, height);
      // The one that leaves at the right comes in at the left.
      canvas.rectangle(stripe, left - width, 0, left - width + each, height);
    }
    for (Shape shape : shapes) {
      paint(canvas, shape, step, mixed(colour, shape.colour(), step));
    }
  }

  private int mixed(int colour, Colour distractor, int step) {
    return Raster.mix(colour, distractor.at(step), strength);
  }

  private static void paint(Canvas canvas, Shape shape, int step, int colour) {
    double extent = Math.min(canvas.height(), canvas.width());
    double x = shape.x().at(step) * canvas.width();
    double y = shape.y().at(step) * canvas.height();
    double wide = shape.wide() * extent;
    double high = shape.high() * extent;
    if (shape.round()) {
      canvas.disc(colour, x, y, wide);
    } else {
      canvas.rectangle(colour, x - wide, y - high, x + wide, y + high);
    }
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "distractors");
    settings.put("count", count);
    settings.put("size", size);
    settings.put("speed", speed);
    settings.put("strength", strength);
    return settings;
  }
}
