package dev.kindred.evaluation.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Rows in the plane such that neighbours stay neighbours, by Barnes-Hut t-SNE (van der Maaten 2014,
 * "Accelerating t-SNE using tree-based algorithms"). It starts from principal components, for which
 * and for the learning rate see Kobak and Berens (2019) and Belkina et al. (2019). The same rows,
 * start and seed give the same points, whatever the number of threads.
 *
 * @param points a row's two coordinates each, around the origin
 * @param perplexity how many neighbours a row has, softly counted
 * @param seed of the noise that parts rows which start in one place
 * @param divergence {@code KL(P || Q)} at the end, in nats: lower shows more of the neighbourhoods
 */
record Tsne(List<float[]> points, double perplexity, long seed, double divergence) {
  static final int ITERATIONS = 1000;
  private static final int EXAGGERATED = 250;
  private static final double EXAGGERATION = 12;
  private static final double THETA = 0.5;
  private static final double PERPLEXITY = 30;
  private static final double START = 1e-4;
  private static final double NOISE = 1e-6;

  /**
   * The map of {@code vectors}.
   *
   * @param vectors {@code [rows][width]}, neither zero, all finite
   * @param start where each row begins, such as its principal components; any scale
   */
  static Tsne of(float[][] vectors, List<float[]> start, long seed) {
    double perplexity = perplexity(vectors.length);
    if (vectors.length == 1) {
      return new Tsne(List.of(new float[2]), perplexity, seed, 0);
    }
    TsneObjective objective = new TsneObjective(Affinities.of(vectors, perplexity), THETA);
    Descent descent = new Descent(objective, scaled(start, new Random(seed)));
    for (int i = 0; i < ITERATIONS; i++) {
      boolean early = i < EXAGGERATED;
      descent.step(early ? EXAGGERATION : 1, early ? 0.5 : 0.8);
    }
    return new Tsne(
        points(descent.map), perplexity, seed, Math.max(0, objective.divergence(descent.map)));
  }

  /** {@value #PERPLEXITY}, or a third of the other rows where these are too few for that. */
  static double perplexity(int rows) {
    return Math.max(1, Math.min(PERPLEXITY, (rows - 1) / 3.0));
  }

  private static double[] scaled(List<float[]> start, Random random) {
    double scale = START / Math.max(deviation(start), Float.MIN_NORMAL);
    double[] map = new double[2 * start.size()];
    for (int i = 0; i < map.length; i++) {
      map[i] = start.get(i / 2)[i % 2] * scale + NOISE * random.nextGaussian();
    }
    return map;
  }

  /** Of the first coordinate. */
  private static double deviation(List<float[]> points) {
    double mean = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
    double variance =
        points.stream()
            .mapToDouble(point -> (point[0] - mean) * (point[0] - mean))
            .average()
            .orElseThrow();
    return Math.sqrt(variance);
  }

  private static List<float[]> points(double[] map) {
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < map.length; i += 2) {
      points.add(new float[] {(float) map[i], (float) map[i + 1]});
    }
    return points;
  }

  /** Gradient descent with momentum, and a gain for each coordinate (Jacobs 1988). */
  private static final class Descent {
    private static final double LEAST_GAIN = 0.01;
    private static final double LEAST_RATE = 50;

    private final TsneObjective objective;
    private final double[] map;
    private final double[] velocity;
    private final double[] gains;
    private final double rate;

    Descent(TsneObjective objective, double[] map) {
      this.objective = objective;
      this.map = map;
      velocity = new double[map.length];
      gains = new double[map.length];
      Arrays.fill(gains, 1);
      rate = Math.max(objective.affinities().size() / EXAGGERATION / 4, LEAST_RATE);
    }

    void step(double exaggeration, double momentum) {
      double[] gradient = objective.gradient(map, exaggeration);
      for (int i = 0; i < map.length; i++) {
        boolean onwards = gradient[i] * velocity[i] < 0;
        gains[i] = Math.max(onwards ? gains[i] + 0.2 : gains[i] * 0.8, LEAST_GAIN);
        velocity[i] = momentum * velocity[i] - rate * gains[i] * gradient[i];
        map[i] += velocity[i];
      }
      centre();
    }

    /** Squares taken as points leave forces that do not quite cancel, so the map would wander. */
    private void centre() {
      for (int axis = 0; axis < 2; axis++) {
        double sum = 0;
        for (int i = axis; i < map.length; i += 2) {
          sum += map[i];
        }
        double mean = 2 * sum / map.length;
        for (int i = axis; i < map.length; i += 2) {
          map[i] -= mean;
        }
      }
    }
  }
}
