package dev.kindred.evaluation.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How near rows are to each other, as t-SNE takes it: a probability for each pair of them, {@code
 * p_ij = (p_j|i + p_i|j) / 2n}, where {@code p_j|i} falls with the squared distance as a Gaussian
 * around row i does, as wide as makes it spread over {@code perplexity} rows (van der Maaten and
 * Hinton 2008). Only nearest neighbours have a part (van der Maaten 2014), found by comparing all
 * rows.
 *
 * @param offsets row i's pairs are from {@code offsets[i]} up to {@code offsets[i + 1]}
 * @param others the other row of each pair, rising within a row
 * @param values {@code p_ij}; each pair is here from both sides, and all together are 1
 */
record Affinities(int[] offsets, int[] others, double[] values) {
  /** Neighbours for each unit of perplexity, as in van der Maaten (2014). */
  private static final int NEIGHBOURS = 3;

  private static final int MAX_HALVINGS = 100;
  private static final double ENTROPY_TOLERANCE = 1e-6;

  /**
   * The affinities of rows of one width.
   *
   * @param perplexity at least 1
   */
  static Affinities of(float[][] rows, double perplexity) {
    int neighbours = Math.min(rows.length - 1, (int) (NEIGHBOURS * perplexity));
    List<TreeMap<Integer, Double>> pairs = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      pairs.add(new TreeMap<>());
    }
    List<Neighbourhood> found =
        IntStream.range(0, rows.length)
            .parallel()
            .mapToObj(row -> Neighbourhood.of(rows, row, neighbours, perplexity))
            .toList();
    for (int i = 0; i < rows.length; i++) {
      found.get(i).addTo(pairs, i);
    }
    return packed(pairs);
  }

  /** The number of rows. */
  int size() {
    return offsets.length - 1;
  }

  /**
   * Probabilities that fall with {@code squared} distances as {@code exp(-beta d)}, beta such that
   * their entropy is {@code log(perplexity)}. Where no beta is, as among too many that are equally
   * near, they are as close to it as they can be.
   *
   * @param squared one at least
   */
  static double[] conditional(double[] squared, double perplexity) {
    double nearest = Arrays.stream(squared).min().orElseThrow();
    double[] excess = Arrays.stream(squared).map(distance -> distance - nearest).toArray();
    double wanted = StrictMath.log(perplexity);
    double mean = Arrays.stream(excess).average().orElseThrow();
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double beta = mean > 0 ? 1 / mean : 1;
    double[] shares = shares(excess, beta);
    for (int i = 0; i < MAX_HALVINGS; i++) {
      double surplus = entropy(shares) - wanted;
      if (Math.abs(surplus) < ENTROPY_TOLERANCE) {
        return shares;
      }
      low = surplus > 0 ? beta : low;
      high = surplus > 0 ? high : beta;
      beta = high == Double.POSITIVE_INFINITY ? 2 * beta : (low + high) / 2;
      shares = shares(excess, beta);
    }
    return shares;
  }

  /** In nats. */
  static double entropy(double[] shares) {
    double entropy = 0;
    for (double share : shares) {
      entropy -= share > 0 ? share * StrictMath.log(share) : 0;
    }
    return entropy;
  }

  /** By StrictMath, for the least difference grows over a thousand iterations. */
  private static double[] shares(double[] excess, double beta) {
    double[] shares = Arrays.stream(excess).map(d -> StrictMath.exp(-beta * d)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  private static Affinities packed(List<TreeMap<Integer, Double>> pairs) {
    int[] offsets = new int[pairs.size() + 1];
    for (int i = 0; i < pairs.size(); i++) {
      offsets[i + 1] = offsets[i] + pairs.get(i).size();
    }
    int[] others =
        pairs.stream().flatMap(row -> row.keySet().stream()).mapToInt(Integer::intValue).toArray();
    double[] values =
        pairs.stream().flatMap(row -> row.values().stream()).mapToDouble(p -> p).toArray();
    return new Affinities(offsets, others, values);
  }

  /** The rows nearest to one, and how probable each is to be picked by it. */
  private record Neighbourhood(int[] rows, double[] shares) {
    static Neighbourhood of(float[][] all, int row, int count, double perplexity) {
      double[] squared = new double[all.length];
      for (int i = 0; i < all.length; i++) {
        squared[i] = i == row ? Double.POSITIVE_INFINITY : squaredDistance(all[row], all[i]);
      }
      int[] nearest = nearest(squared, count);
      double[] distances = Arrays.stream(nearest).mapToDouble(i -> squared[i]).toArray();
      double[] shares = count == 0 ? distances : conditional(distances, perplexity);
      return new Neighbourhood(nearest, shares);
    }

    void addTo(List<TreeMap<Integer, Double>> pairs, int row) {
      for (int i = 0; i < rows.length; i++) {
        double half = shares[i] / (2.0 * pairs.size());
        pairs.get(row).merge(rows[i], half, Double::sum);
        pairs.get(rows[i]).merge(row, half, Double::sum);
      }
    }

    /** The places of the smallest distances; of equal ones at the edge the first. */
    private static int[] nearest(double[] distances, int count) {
      if (count == 0) {
        return new int[0];
      }
      double[] sorted = distances.clone();
      Arrays.sort(sorted);
      double edge = sorted[count - 1];
      IntStream inside = IntStream.range(0, distances.length).filter(i -> distances[i] < edge);
      IntStream atEdge = IntStream.range(0, distances.length).filter(i -> distances[i] == edge);
      return IntStream.concat(inside, atEdge).limit(count).toArray();
    }

    private static double squaredDistance(float[] a, float[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        double difference = (double) a[i] - b[i];
        sum += difference * difference;
      }
      return sum;
    }
  }
}
