package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;

/**
 * Classifies each query by the weighted votes of its nearest neighbours in a bank of labelled
 * representations: the measure of self-supervised learning that trains nothing.
 *
 * <p>Rows are scaled to length 1 and compared by cosine; neighbour {@code i} of the {@code k}
 * nearest votes for its class with weight {@code exp(cos_i / temperature)}, and the class with the
 * most votes wins; classes without a vote rank after those with one, in the order of their labels.
 * Exact, not approximate. Of equally near rows the earlier in the bank is the neighbour; of classes
 * with equal votes the one with the lowest label wins. A zero vector has cosine 0 to everything.
 * Deterministic on one machine; safe for use from several threads.
 *
 * <p>Wu et al., <a href="https://arxiv.org/abs/1805.01978">Unsupervised Feature Learning via
 * Non-Parametric Instance Discrimination</a> (2018), section 3.4.
 *
 * @param k the number of neighbours, at least 1; a bank with fewer rows votes with all of them
 * @param temperature what the cosine is divided by, above 0; the lower, the more the nearest count
 */
public record Knn(int k, double temperature) implements Classifier {
  /** 200 neighbours, as in Wu et al. (2018) and lightly's benchmarks. */
  public static final int DEFAULT_K = 200;

  /** Temperature 0.1, as in lightly's benchmarks; Wu et al. (2018) use 0.07. */
  public static final double DEFAULT_TEMPERATURE = 0.1;

  /** 20 neighbours, as in Caron et al. (2021), DINO. */
  public static final int DINO_K = 20;

  /** Temperature 0.07, as in Caron et al. (2021), DINO. */
  public static final double DINO_TEMPERATURE = 0.07;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if {@code k} is below 1, or {@code temperature} is not above 0
   */
  public Knn {
    Require.atLeastOne("k", k);
    Require.positive("temperature", temperature);
  }

  /** {@value #DEFAULT_K} neighbours at temperature {@value #DEFAULT_TEMPERATURE}. */
  public static Knn defaults() {
    return new Knn(DEFAULT_K, DEFAULT_TEMPERATURE);
  }

  /** {@value #DINO_K} neighbours at temperature {@value #DINO_TEMPERATURE}. */
  public static Knn dino() {
    return new Knn(DINO_K, DINO_TEMPERATURE);
  }

  /**
   * Classifies every query, and compares with its label.
   *
   * @param bank the labelled rows that vote; two classes at least
   * @param queries the labelled rows to classify; a class here is the bank's of the same name
   * @throws KindredException if a row has no label, the bank has one class only, a query's class
   *     does not occur in the bank, or the two differ in width
   */
  @Override
  public Classification evaluate(Embeddings bank, Embeddings queries) {
    Labelled known = Labelled.of("bank", bank).severalClasses();
    int[] truth = Labelled.of("queries", queries).indicesIn(known);
    Rows.requireSameWidth("bank", bank.dimension(), "queries", queries);
    try (ExactSearch search = new ExactSearch(bank)) {
      int[][] ranked = rank(search, known, queries.vectors(), search.batch());
      return new Classification(known.classes(), queries.ids(), truth, ranked);
    }
  }

  /** The classes of each query as indices into the bank's classes, searched in batches. */
  int[][] rank(ExactSearch search, Labelled known, float[][] queries, int batch) {
    int[] labels = known.indices();
    int[][] ranked = new int[queries.length][];
    search.search(
        queries,
        k,
        batch,
        (query, cosines, rows) ->
            ranked[query] = Rows.best(votes(cosines, rows, labels, known.classes().size())));
    return ranked;
  }

  private double[] votes(float[] cosines, int[] rows, int[] labels, int classes) {
    double[] votes = new double[classes];
    for (int i = 0; i < rows.length; i++) {
      // Relative to the nearest, so that no temperature overflows; a common factor changes no vote.
      votes[labels[rows[i]]] += Math.exp((cosines[i] - (double) cosines[0]) / temperature);
    }
    return votes;
  }
}
