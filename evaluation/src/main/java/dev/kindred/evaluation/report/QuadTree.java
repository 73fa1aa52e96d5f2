package dev.kindred.evaluation.report;

import java.util.Arrays;

/**
 * Points of the plane in squares within squares, each of which knows how many points it holds and
 * where their centre is (Barnes and Hut 1986). Points far away from a place are then taken together
 * instead of one by one.
 */
final class QuadTree {
  /** Points that this many halvings of the plane do not part count as one. */
  private static final int MAX_DEPTH = 40;

  private static final int QUADRANTS = 4;

  private final double side;

  /** The first of a square's four quadrants, which follow one another; 0 where it has none. */
  private int[] quadrants;

  private int[] counts;
  private double[] centreX;
  private double[] centreY;
  private int squares = 1;

  /**
   * A tree of points.
   *
   * @param map x and y of each in turn; at least one, all finite
   */
  QuadTree(double[] map) {
    int room = 2 * map.length + QUADRANTS;
    quadrants = new int[room];
    counts = new int[room];
    centreX = new double[room];
    centreY = new double[room];
    double[] x = extent(map, 0);
    double[] y = extent(map, 1);
    side = Math.max(x[1] - x[0], y[1] - y[0]);
    for (int i = 0; i < map.length; i += 2) {
      insert(map[i], map[i + 1], x[0] + side / 2, y[0] + side / 2);
    }
  }

  /**
   * What pushes a point away from all others under Student's t with one degree of freedom: the sum
   * of {@code q^2 (y - other)}, as x and y, and the sum of {@code q}, with {@code q = 1 / (1 + |y -
   * other|^2)}. A point that is in the tree adds 1 to the latter itself.
   *
   * @param theta a square is taken as one point where its side is less than this times its
   *     distance; 0 takes every point on its own
   * @return {@code [x, y, sum of q]}
   */
  double[] repulsion(double x, double y, double theta) {
    double[] sums = new double[3];
    visit(0, side, x, y, theta * theta, sums);
    return sums;
  }

  private void visit(int square, double width, double x, double y, double theta2, double[] sums) {
    double dx = x - centreX[square];
    double dy = y - centreY[square];
    double distance2 = dx * dx + dy * dy;
    int first = quadrants[square];
    if (first == 0 || width * width < theta2 * distance2) {
      double q = 1 / (1 + distance2);
      sums[0] += counts[square] * q * q * dx;
      sums[1] += counts[square] * q * q * dy;
      sums[2] += counts[square] * q;
      return;
    }
    for (int quadrant = first; quadrant < first + QUADRANTS; quadrant++) {
      if (counts[quadrant] > 0) {
        visit(quadrant, width / 2, x, y, theta2, sums);
      }
    }
  }

  /** Puts a point in; {@code middleX} and {@code middleY} are where the root's quadrants meet. */
  private void insert(double x, double y, double middleX, double middleY) {
    int square = 0;
    double reach = side / 4;
    for (int depth = 0; !takes(square, x, y, depth); depth++) {
      if (quadrants[square] == 0) {
        split(square, middleX, middleY);
      }
      add(square, x, y, 1);
      square = quadrants[square] + quadrant(x, y, middleX, middleY);
      middleX += x >= middleX ? reach : -reach;
      middleY += y >= middleY ? reach : -reach;
      reach /= 2;
    }
    add(square, x, y, 1);
  }

  /** Whether a point ends its way in this square: nothing is there, or only what is like it. */
  private boolean takes(int square, double x, double y, int depth) {
    boolean leaf = quadrants[square] == 0;
    boolean same = centreX[square] == x && centreY[square] == y;
    return leaf && (counts[square] == 0 || same || depth == MAX_DEPTH);
  }

  /** Gives a square quadrants, and what it holds to one of them. */
  private void split(int square, double middleX, double middleY) {
    int first = squares;
    squares += QUADRANTS;
    makeRoom();
    quadrants[square] = first;
    double x = centreX[square];
    double y = centreY[square];
    add(first + quadrant(x, y, middleX, middleY), x, y, counts[square]);
  }

  private void makeRoom() {
    if (squares > counts.length) {
      int room = 2 * squares;
      quadrants = Arrays.copyOf(quadrants, room);
      counts = Arrays.copyOf(counts, room);
      centreX = Arrays.copyOf(centreX, room);
      centreY = Arrays.copyOf(centreY, room);
    }
  }

  /** As a running mean, so that the centre of equal points is exactly where they are. */
  private void add(int square, double x, double y, int count) {
    counts[square] += count;
    double share = (double) count / counts[square];
    centreX[square] += share * (x - centreX[square]);
    centreY[square] += share * (y - centreY[square]);
  }

  private static int quadrant(double x, double y, double middleX, double middleY) {
    return (x >= middleX ? 1 : 0) + (y >= middleY ? 2 : 0);
  }

  private static double[] extent(double[] map, int axis) {
    double least = map[axis];
    double greatest = map[axis];
    for (int i = axis; i < map.length; i += 2) {
      least = Math.min(least, map[i]);
      greatest = Math.max(greatest, map[i]);
    }
    return new double[] {least, greatest};
  }
}
