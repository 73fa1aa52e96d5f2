package dev.kindred.evaluation;

import dev.kindred.runtime.Require;

/**
 * How the graph of an {@link HnswIndex} is built: each vector is connected with near ones, on
 * layers of which the higher have fewer vectors. More connections and more effort find more of the
 * true neighbours; they take longer to build and, the connections, more memory and time to search.
 *
 * <p>Malkov and Yashunin, <a href="https://arxiv.org/abs/1603.09320">Efficient and Robust
 * Approximate Nearest Neighbor Search Using Hierarchical Navigable Small World Graphs</a> (2016),
 * section 4.
 *
 * @param m how many connections a vector makes on each layer, in {@code [2, 512]}; twice as many
 *     may come to it on the lowest
 * @param efConstruction how many candidates are kept while the near ones are looked for, in {@code
 *     [1, 3200]}; Lucene calls it the beam's width
 */
public record HnswSettings(int m, int efConstruction) {
  /** 16 connections, as Lucene's and hnswlib's default. */
  public static final int DEFAULT_M = 16;

  /** 100 candidates, as Lucene's default. */
  public static final int DEFAULT_EF_CONSTRUCTION = 100;

  private static final int MOST_CONNECTIONS = 512;
  private static final int MOST_CANDIDATES = 3200;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public HnswSettings {
    Require.that(m >= 2 && m <= MOST_CONNECTIONS, "m", "in [2, 512]", m);
    Require.that(
        efConstruction >= 1 && efConstruction <= MOST_CANDIDATES,
        "efConstruction",
        "in [1, 3200]",
        efConstruction);
  }

  /** {@value #DEFAULT_M} connections, {@value #DEFAULT_EF_CONSTRUCTION} candidates. */
  public static HnswSettings defaults() {
    return new HnswSettings(DEFAULT_M, DEFAULT_EF_CONSTRUCTION);
  }
}
