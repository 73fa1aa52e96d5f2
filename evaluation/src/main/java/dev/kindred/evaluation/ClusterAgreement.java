package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far clusters are the classes. Of every measure more is better, and 1 is perfect; renaming
 * clusters or classes changes none. With {@code n_ij} the rows of cluster {@code i} and class
 * {@code j}, {@code a_i} and {@code b_j} their sizes, and {@code n} all rows:
 *
 * <ul>
 *   <li>{@code nmi}, normalised mutual information: {@code MI / ((H(a) + H(b)) / 2)}, with {@code
 *       MI = sum n_ij / n log(n n_ij / (a_i b_j))}. The normalisation is the arithmetic mean of the
 *       entropies, as scikit-learn's; papers that take the geometric mean print more. Grows with
 *       the number of clusters even of random ones.
 *   <li>{@code ami}, adjusted mutual information: {@code (MI - E) / ((H(a) + H(b)) / 2 - E)}, where
 *       {@code E} is the mean of {@code MI} over all partitions of the same sizes (hypergeometric,
 *       exact): 0 on average for random clusters, whatever their number.
 *   <li>{@code ari}, adjusted Rand index: of all pairs of rows, how many are treated alike
 *       (together in both or apart in both), adjusted so that random clusters have 0 on average;
 *       may be below 0.
 *   <li>{@code purity}: the share of rows whose class is the most frequent one of their cluster.
 *       One row a cluster has purity 1.
 *   <li>{@code accuracy}: the share of rows whose cluster is matched with their class, by the best
 *       one-to-one matching of clusters and classes (the Hungarian method). Surplus clusters or
 *       classes stay unmatched.
 * </ul>
 *
 * <p>Edge cases as in scikit-learn: the same partition twice has 1 everywhere, even if it is one
 * single cluster; one cluster against several classes has 0 in the first three.
 *
 * <p>Vinh, Epps and Bailey, <a href="https://jmlr.org/papers/v11/vinh10a.html">Information
 * Theoretic Measures for Clusterings Comparison</a> (2010), for NMI and AMI; Hubert and Arabie, <a
 * href="https://doi.org/10.1007/BF01908075">Comparing Partitions</a> (1985), for ARI, in whose
 * terms it is {@code (sum C(n_ij, 2) - e) / ((sum C(a_i, 2) + sum C(b_j, 2)) / 2 - e)} with {@code
 * e = sum C(a_i, 2) sum C(b_j, 2) / C(n, 2)}; Xie et al., <a
 * href="https://arxiv.org/abs/1511.06335">Unsupervised Deep Embedding for Clustering Analysis</a>
 * (2016), for accuracy.
 *
 * @param nmi in {@code [0, 1]}
 * @param ami at most 1
 * @param ari in {@code [-0.5, 1]}
 * @param purity in {@code (0, 1]}
 * @param accuracy in {@code (0, 1]}
 * @param count the number of rows, at least 1
 * @param clusters how many clusters have a row
 * @param classes how many classes have a row
 */
public record ClusterAgreement(
    double nmi,
    double ami,
    double ari,
    double purity,
    double accuracy,
    int count,
    int clusters,
    int classes) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a share is outside {@code [0, 1]}, an adjusted measure is
   *     above 1, or a count below 1
   */
  public ClusterAgreement {
    Require.share("nmi", nmi);
    Require.that(ami <= 1, "ami", "<= 1", ami);
    Require.that(ari <= 1, "ari", "<= 1", ari);
    Require.share("purity", purity);
    Require.share("accuracy", accuracy);
    Require.atLeastOne("count", count);
    Require.atLeastOne("clusters", clusters);
    Require.atLeastOne("classes", classes);
  }

  /**
   * Compares the clusters of {@code embeddings} with their labels.
   *
   * @throws IllegalArgumentException if there are not as many rows as were clustered
   * @throws KindredException if a row has no label
   */
  public static ClusterAgreement of(Clusters clusters, Embeddings embeddings) {
    return of(clusters.assignment(), Labelled.of("rows", embeddings).indices());
  }

  /**
   * Compares two partitions of the same examples.
   *
   * @param clusters each example's cluster, by any numbers
   * @param classes each example's class, by any numbers
   * @throws IllegalArgumentException if they are not equally many, or none
   */
  public static ClusterAgreement of(int[] clusters, int[] classes) {
    if (clusters.length != classes.length || clusters.length == 0) {
      throw new IllegalArgumentException(
          "clusters and classes must be equally many, one at least, were %d and %d"
              .formatted(clusters.length, classes.length));
    }
    Contingency table = Contingency.of(clusters, classes);
    MutualInformation information = new MutualInformation(table);
    int matched = (int) BestMatching.total(table.counts());
    return new ClusterAgreement(
        information.normalised(),
        Math.min(1, information.adjusted()),
        adjustedRand(table),
        share(Arrays.stream(table.counts()).mapToInt(ClusterAgreement::largest).sum(), table),
        share(matched, table),
        table.total(),
        table.first().length,
        table.second().length);
  }

  /**
   * Everything in JSON types: {@code nmi}, {@code ami}, {@code ari}, {@code purity}, {@code
   * accuracy}, {@code count}, {@code clusters}, {@code classes}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(measures());
    map.put("count", count);
    map.put("clusters", clusters);
    map.put("classes", classes);
    return map;
  }

  /** A table to print, rounded to four decimals. */
  public List<String> lines() {
    StringBuilder names = new StringBuilder();
    StringBuilder values = new StringBuilder();
    measures()
        .forEach(
            (name, value) -> {
              names.append("%-10s".formatted(name));
              values.append(String.format(Locale.ROOT, "%-10.4f", value));
            });
    names.append("%-9s%-9s%s".formatted("rows", "clusters", "classes"));
    values.append("%-9d%-9d%d".formatted(count, clusters, classes));
    return List.of(names.toString(), values.toString());
  }

  private Map<String, Double> measures() {
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put("nmi", nmi);
    measures.put("ami", ami);
    measures.put("ari", ari);
    measures.put("purity", purity);
    measures.put("accuracy", accuracy);
    return measures;
  }

  private static double adjustedRand(Contingency table) {
    if (table.same()) {
      return 1;
    }
    double together = Arrays.stream(table.counts()).mapToDouble(ClusterAgreement::pairs).sum();
    double first = pairs(table.first());
    double second = pairs(table.second());
    double expected = first * second / pairs(table.total());
    return (together - expected) / ((first + second) / 2 - expected);
  }

  private static double pairs(int... sizes) {
    return Arrays.stream(sizes).mapToDouble(size -> size * (size - 1.0) / 2).sum();
  }

  private static int largest(int[] counts) {
    return Arrays.stream(counts).max().orElseThrow();
  }

  private static double share(int rows, Contingency table) {
    return (double) rows / table.total();
  }
}
