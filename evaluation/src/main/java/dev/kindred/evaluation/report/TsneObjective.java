package dev.kindred.evaluation.report;

import java.util.stream.IntStream;

/**
 * What t-SNE makes small: {@code KL(P || Q) = sum p_ij log(p_ij / q_ij)}, where {@code q_ij} is
 * {@code 1 / (1 + |y_i - y_j|^2)} as a share of the sum {@code Z} of these over all pairs. Every
 * sum is of one point, or in the order of the points, so that the threads do not show in it.
 *
 * @param affinities {@code P}, of two rows or more
 * @param theta how coarsely points far away are taken together, see {@link QuadTree#repulsion}
 */
record TsneObjective(Affinities affinities, double theta) {
  /**
   * The gradient by the map: {@code 4 sum_j (e p_ij - q_ij) (y_i - y_j) / (1 + |y_i - y_j|^2)}.
   *
   * @param map x and y of each point in turn
   * @param exaggeration e, 1 for the gradient as it is
   */
  double[] gradient(double[] map, double exaggeration) {
    double[] repulsion = repulsion(map);
    double z = z(repulsion);
    double[] gradient = new double[map.length];
    points()
        .parallel()
        .forEach(
            i -> {
              double[] attraction = attraction(map, i);
              for (int axis = 0; axis < 2; axis++) {
                gradient[2 * i + axis] =
                    4 * (exaggeration * attraction[axis] - repulsion[3 * i + axis] / z);
              }
            });
    return gradient;
  }

  /** {@code KL(P || Q)} in nats, of the map as it is. */
  double divergence(double[] map) {
    double z = z(repulsion(map));
    return points()
        .mapToDouble(
            i ->
                IntStream.range(affinities.offsets()[i], affinities.offsets()[i + 1])
                    .mapToDouble(pair -> term(affinities.values()[pair], nearness(map, i, pair), z))
                    .sum())
        .sum();
  }

  private static double term(double p, double nearness, double z) {
    return p > 0 ? p * StrictMath.log(p * z / nearness) : 0;
  }

  private double[] attraction(double[] map, int i) {
    double x = 0;
    double y = 0;
    for (int pair = affinities.offsets()[i]; pair < affinities.offsets()[i + 1]; pair++) {
      int j = affinities.others()[pair];
      double weight = affinities.values()[pair] * nearness(map, i, pair);
      x += weight * (map[2 * i] - map[2 * j]);
      y += weight * (map[2 * i + 1] - map[2 * j + 1]);
    }
    return new double[] {x, y};
  }

  private double nearness(double[] map, int i, int pair) {
    int j = affinities.others()[pair];
    double dx = map[2 * i] - map[2 * j];
    double dy = map[2 * i + 1] - map[2 * j + 1];
    return 1 / (1 + dx * dx + dy * dy);
  }

  /** Three numbers a point, see {@link QuadTree#repulsion}. */
  private double[] repulsion(double[] map) {
    QuadTree tree = new QuadTree(map);
    double[] all = new double[3 * affinities.size()];
    points()
        .parallel()
        .forEach(
            i -> {
              double[] one = tree.repulsion(map[2 * i], map[2 * i + 1], theta);
              System.arraycopy(one, 0, all, 3 * i, one.length);
            });
    return all;
  }

  /** Each point has found itself too, at distance 0, which is no pair. */
  private double z(double[] repulsion) {
    double sum = 0;
    for (int i = 2; i < repulsion.length; i += 3) {
      sum += repulsion[i];
    }
    return sum - affinities.size();
  }

  private IntStream points() {
    return IntStream.range(0, affinities.size());
  }
}
