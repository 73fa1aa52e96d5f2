package dev.kindred.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what queries found. */
final class RetrievalSums {
  private final Map<Integer, Integer> hits = new TreeMap<>();
  private double reciprocals;
  private double gains;

  /** Adds a query by its cosines with all rows and the places of its right rows, all different. */
  void add(float[] cosines, int[] right) {
    int[] found = inOrder(cosines, right);
    int rank = rank(cosines, found[0]);
    Retrieval.DEPTHS.forEach(depth -> hits.merge(depth, rank <= depth ? 1 : 0, Integer::sum));
    reciprocals += 1.0 / rank;
    gains += gain(cosines, found) / ideal(found.length);
  }

  Retrieval mean(int count, int corpusCount) {
    Map<Integer, Double> recall = new TreeMap<>();
    hits.forEach((depth, found) -> recall.put(depth, (double) found / count));
    return new Retrieval(recall, reciprocals / count, gains / count, count, corpusCount);
  }

  /** The right rows, nearest first, of equally near ones the earlier. */
  private static int[] inOrder(float[] cosines, int[] right) {
    Comparator<Integer> nearest = Comparator.comparingDouble(row -> 0.0 - cosines[row]); // -0 is 0
    return Arrays.stream(right)
        .boxed()
        .sorted(nearest.thenComparing(Comparator.naturalOrder()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double gain(float[] cosines, int[] found) {
    double gain = 0;
    for (int row : found) {
      int rank = rank(cosines, row);
      if (rank > Retrieval.NDCG_DEPTH) {
        return gain;
      }
      gain += discount(rank);
    }
    return gain;
  }

  /** One more than the rows that come before {@code wanted}. */
  private static int rank(float[] cosines, int wanted) {
    int rank = 1;
    for (int row = 0; row < cosines.length; row++) {
      if (cosines[row] > cosines[wanted] || (cosines[row] == cosines[wanted] && row < wanted)) {
        rank++;
      }
    }
    return rank;
  }

  /** What so many right rows gain if nothing is before them. */
  private static double ideal(int right) {
    double sum = 0;
    for (int rank = 1; rank <= Math.min(right, Retrieval.NDCG_DEPTH); rank++) {
      sum += discount(rank);
    }
    return sum;
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 1.0);
  }
}
