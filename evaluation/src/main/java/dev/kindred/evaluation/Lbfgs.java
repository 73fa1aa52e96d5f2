package dev.kindred.evaluation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Minimises a smooth function with limited memory: Liu and Nocedal (1989), with the bracketing line
 * search of Lewis and Overton (2013) for the weak Wolfe conditions.
 */
final class Lbfgs {
  private static final int MEMORY = 20;
  private static final double GRADIENT_TOLERANCE = 1e-7;
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int LONGEST_SEARCH = 50;

  private final Objective objective;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  /** What is minimised. */
  @FunctionalInterface
  interface Objective {
    /** The value at {@code x}; writes the gradient there into {@code gradient}. */
    double at(double[] x, double[] gradient);
  }

  /** Where the search ended, and whether by itself. */
  record Minimum(double[] x, double value, int iterations, boolean converged) {}

  private Lbfgs(Objective objective) {
    this.objective = objective;
  }

  /** Searches from 0, a point of {@code dimension} numbers. */
  static Minimum minimise(Objective objective, int dimension, int maxIterations) {
    return new Lbfgs(objective).minimise(new double[dimension], maxIterations);
  }

  /**
   *
   *
   * <ol>
   *   <li>Turn the gradient into a direction by the remembered curvature.
   *   <li>Find a step along it that decreases the value and flattens the slope enough.
   *   <li>Remember the step and the gradient's change as curvature.
   *   <li>Stop when the gradient is 0 but for rounding, or no step decreases the value any more.
   * </ol>
   */
  private Minimum minimise(double[] start, int maxIterations) {
    Point at = evaluate(start);
    for (int iteration = 0; iteration < maxIterations; iteration++) {
      if (largest(at.gradient) <= GRADIENT_TOLERANCE) {
        return new Minimum(at.x, at.value, iteration, true);
      }
      double[] direction = direction(at.gradient);
      Point next = search(at, direction);
      if (!(next.value < at.value)) {
        return new Minimum(at.x, at.value, iteration, true);
      }
      remember(at, next);
      at = next;
    }
    return new Minimum(at.x, at.value, maxIterations, false);
  }

  /** The product of minus the inverse Hessian, as remembered, and the gradient: two loops. */
  private double[] direction(double[] gradient) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      alphas[i] = dot(pair.step, q) / pair.product;
      add(q, -alphas[i++], pair.change);
    }
    Pair newest = pairs.peekFirst();
    // Before any curvature is known, a first step of length 1 at most.
    double scale =
        newest == null
            ? Math.min(1, 1 / Math.sqrt(dot(q, q)))
            : newest.product / dot(newest.change, newest.change);
    scale(q, scale);
    for (var oldestFirst = pairs.descendingIterator(); oldestFirst.hasNext(); ) {
      Pair pair = oldestFirst.next();
      double beta = dot(pair.change, q) / pair.product;
      add(q, alphas[--i] - beta, pair.step);
    }
    scale(q, -1);
    return q;
  }

  /** A point along {@code direction} that satisfies the Wolfe conditions, or {@code from}. */
  private Point search(Point from, double[] direction) {
    double slope = dot(from.gradient, direction);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double step = 1;
    Point best = from;
    for (int trial = 0; trial < LONGEST_SEARCH; trial++) {
      Point point = evaluate(along(from.x, step, direction));
      if (!(point.value < from.value + SUFFICIENT_DECREASE * step * slope)) {
        high = step;
      } else if (dot(point.gradient, direction) < CURVATURE * slope) {
        low = step;
        best = point;
      } else {
        return point;
      }
      step = high < Double.POSITIVE_INFINITY ? (low + high) / 2 : 2 * low;
    }
    return best;
  }

  private void remember(Point from, Point to) {
    double[] step = along(to.x, -1, from.x);
    double[] change = along(to.gradient, -1, from.gradient);
    double product = dot(step, change);
    if (product > 0) {
      pairs.addFirst(new Pair(step, change, product));
    }
    if (pairs.size() > MEMORY) {
      pairs.removeLast();
    }
  }

  private Point evaluate(double[] x) {
    double[] gradient = new double[x.length];
    double value = objective.at(x, gradient);
    return new Point(x, value, gradient);
  }

  private static double[] along(double[] from, double step, double[] direction) {
    double[] point = from.clone();
    add(point, step, direction);
    return point;
  }

  private static void add(double[] to, double factor, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * what[i];
    }
  }

  private static void scale(double[] what, double factor) {
    for (int i = 0; i < what.length; i++) {
      what[i] *= factor;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** A place with its value and gradient. */
  private record Point(double[] x, double value, double[] gradient) {}

  /** A step, how the gradient changed over it, and their product, above 0. */
  private record Pair(double[] step, double[] change, double product) {}
}
