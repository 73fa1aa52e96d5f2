package dev.kindred.rl.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A closed road of tiles, drawn as Gymnasium's CarRacing does: a point that is steered from one
 * random checkpoint around the middle to the next, for several rounds, of which one that closes is
 * taken.
 */
final class Track {
  static final double SCALE = 6;
  static final double HALF_WIDTH = 40 / SCALE;
  static final double TILE_LENGTH = 21 / SCALE;

  private static final double RADIUS = 900 / SCALE;
  private static final double TURN_RATE = 0.31;
  private static final double KERB_WIDTH = 8 / SCALE;
  private static final int KERB_TILES = 4;
  private static final double OVERLAP = 1;
  private static final int CHECKPOINTS = 12;
  private static final double START = -Math.PI / CHECKPOINTS;
  private static final int ROUNDS = 5;
  private static final int MOST_POINTS = 2500;

  private final List<Point> points;
  private final List<double[]> roads;
  private final List<double[]> pavements;
  private final List<Optional<double[]>> kerbs;

  /**
   * A point of the centre line.
   *
   * @param around its angle around the middle of the field
   * @param across the angle of the road's cross-section: the road leads to the left of it
   */
  record Point(double around, double across, double x, double y) {
    /** A point of the cross-section, so far to the right of the centre line. */
    private Point beside(double offset) {
      return new Point(
          around, across, x + offset * StrictMath.cos(across), y + offset * StrictMath.sin(across));
    }

    private Point ahead(double distance) {
      return new Point(
          around,
          across,
          x - distance * StrictMath.sin(across),
          y + distance * StrictMath.cos(across));
    }

    /** How far to the right of the centre line a place is. */
    double offset(double placeX, double placeY) {
      return (placeX - x) * StrictMath.cos(across) + (placeY - y) * StrictMath.sin(across);
    }

    private double squaredDistance(double placeX, double placeY) {
      return (placeX - x) * (placeX - x) + (placeY - y) * (placeY - y);
    }
  }

  private Track(List<Point> points) {
    this.points = points;
    roads = each(i -> strip(point(i), point(i - 1), -HALF_WIDTH, HALF_WIDTH));
    pavements = each(i -> strip(point(i).ahead(OVERLAP), point(i - 1), -HALF_WIDTH, HALF_WIDTH));
    boolean[] hasKerb = hardTurns();
    kerbs = each(i -> hasKerb[i] ? Optional.of(inside(i)) : Optional.empty());
  }

  private <T> List<T> each(IntFunction<T> tile) {
    return IntStream.range(0, size()).mapToObj(tile).toList();
  }

  /** Draws tracks until one closes. */
  static Track draw(RandomGenerator random) {
    while (true) {
      Optional<List<Point>> round = round(path(checkpoints(random)));
      if (round.isPresent()) {
        return new Track(round.get());
      }
    }
  }

  private static List<Point> checkpoints(RandomGenerator random) {
    List<Point> checkpoints = new ArrayList<>();
    for (int i = 0; i < CHECKPOINTS; i++) {
      double sector = 2 * Math.PI / CHECKPOINTS;
      double angle = sector * i + random.nextDouble(0, sector);
      double radius = random.nextDouble(RADIUS / 3, RADIUS);
      if (i == 0 || i == CHECKPOINTS - 1) {
        angle = sector * i;
        radius = 1.5 * RADIUS;
      }
      checkpoints.add(
          new Point(angle, 0, radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)));
    }
    return checkpoints;
  }

  /**
   * The way from checkpoint to checkpoint, several times around:
   *
   * <ol>
   *   <li>the next checkpoint is the first that is not behind, by the angle around the middle;
   *   <li>the way bends towards it, the more the farther it is to the side;
   *   <li>it goes on by one tile.
   * </ol>
   */
  private static List<Point> path(List<Point> checkpoints) {
    List<Point> path = new ArrayList<>();
    double x = 1.5 * RADIUS;
    double y = 0;
    double across = 0;
    int next = 0;
    int rounds = 0;
    boolean wasBelow = false;
    while (rounds < ROUNDS && path.size() < MOST_POINTS) {
      double around = StrictMath.atan2(y, x);
      if (wasBelow && around > 0) {
        rounds++;
        wasBelow = false;
      }
      if (around < 0) {
        wasBelow = true;
        around += 2 * Math.PI;
      }
      while (around > checkpoints.get(next).around()) {
        next++;
        if (next == CHECKPOINTS) {
          next = 0;
          around -= 2 * Math.PI;
        }
      }
      across = nearTo(around, across);
      double bent = across + bend(checkpoints.get(next), x, y, across);
      x -= StrictMath.sin(across) * TILE_LENGTH;
      y += StrictMath.cos(across) * TILE_LENGTH;
      path.add(new Point(around, (across + bent) / 2, x, y));
      across = bent;
    }
    return path;
  }

  private static double nearTo(double around, double across) {
    double near = across;
    while (near - around > 1.5 * Math.PI) {
      near -= 2 * Math.PI;
    }
    while (near - around < -1.5 * Math.PI) {
      near += 2 * Math.PI;
    }
    return near;
  }

  /** To the left as far as the checkpoint is to the left. */
  private static double bend(Point checkpoint, double x, double y, double across) {
    double right =
        SCALE
            * (StrictMath.cos(across) * (checkpoint.x() - x)
                + StrictMath.sin(across) * (checkpoint.y() - y));
    double turn = Math.min(TURN_RATE, 0.001 * Math.abs(right));
    return Math.abs(right) > 0.3 ? -Math.signum(right) * turn : 0;
  }

  /** The last whole round of a path, from start to start; empty if its ends do not meet. */
  private static Optional<List<Point>> round(List<Point> path) {
    int end = start(path, path.size() - 1);
    int begin = start(path, end - 1);
    if (begin < 1) {
      return Optional.empty();
    }
    List<Point> round = List.copyOf(path.subList(begin, end - 1));
    Point first = round.get(0);
    Point last = round.get(round.size() - 1);
    double gapX = StrictMath.cos(first.across()) * (first.x() - last.x());
    double gapY = StrictMath.sin(first.across()) * (first.y() - last.y());
    boolean meets = Math.sqrt(gapX * gapX + gapY * gapY) <= TILE_LENGTH;
    return meets ? Optional.of(round) : Optional.empty();
  }

  /** The last place up to {@code from} where the path passes the start; below 1 for none. */
  private static int start(List<Point> path, int from) {
    int i = from;
    while (i > 0 && !(path.get(i).around() > START && path.get(i - 1).around() <= START)) {
      i--;
    }
    return i;
  }

  /** The tiles of hard turns, four or more to one side. */
  private boolean[] hardTurns() {
    boolean[] hard = new boolean[size()];
    for (int i = 0; i < hard.length; i++) {
      for (int back = 0; endsHardTurn(i) && back < KERB_TILES; back++) {
        hard[Math.floorMod(i - back, hard.length)] = true;
      }
    }
    return hard;
  }

  private boolean endsHardTurn(int tile) {
    double side = Math.signum(turn(tile));
    for (int back = 0; back < KERB_TILES; back++) {
      if (turn(tile - back) * side <= TURN_RATE * 0.2) {
        return false;
      }
    }
    return true;
  }

  /** By how much the road turns to the left in a tile. */
  private double turn(int tile) {
    return wrapped(point(tile).across() - point(tile - 1).across());
  }

  /** An angle from -pi to pi. */
  static double wrapped(double angle) {
    return StrictMath.IEEEremainder(angle, 2 * Math.PI);
  }

  /** The number of tiles. */
  int size() {
    return points.size();
  }

  /** The point at a tile's end; tiles count around the track in both directions. */
  Point point(int tile) {
    return points.get(Math.floorMod(tile, size()));
  }

  /** The tile whose end is the nearest to a place. */
  int nearest(double x, double y) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.size(); i++) {
      double distance = points.get(i).squaredDistance(x, y);
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  /** The corners of a tile's road. */
  double[] road(int tile) {
    return roads.get(tile);
  }

  /** The same for a picture: under the next tile, too, so that nothing shows between them. */
  double[] pavement(int tile) {
    return pavements.get(tile);
  }

  /** The corners of a tile's kerb, at the inside of a hard turn. */
  Optional<double[]> kerb(int tile) {
    return kerbs.get(tile);
  }

  private double[] inside(int tile) {
    double side = -Math.signum(turn(tile));
    return strip(point(tile), point(tile - 1), side * HALF_WIDTH, side * (HALF_WIDTH + KERB_WIDTH));
  }

  private static double[] strip(Point end, Point start, double from, double to) {
    Point a = end.beside(from);
    Point b = end.beside(to);
    Point c = start.beside(to);
    Point d = start.beside(from);
    return new double[] {a.x(), a.y(), b.x(), b.y(), c.x(), c.y(), d.x(), d.y()};
  }
}
