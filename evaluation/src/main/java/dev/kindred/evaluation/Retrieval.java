package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well what belongs to a query is found in a corpus by cosine, exactly: every query is compared
 * with every row. Nothing is trained. A row's rank, from 1, is its place among all rows, nearest
 * first; of rows that are equally near the earlier comes first, as in {@link ExactSearch}. A vector
 * of zeros has cosine 0 with all.
 *
 * <p>Of queries with one right row each, {@code recall@k} is the share of right rows that are
 * found; of those with several, it is the share of queries that find one (the Recall@K of metric
 * learning: Oh Song et al., <a href="https://arxiv.org/abs/1511.06452">Deep Metric Learning via
 * Lifted Structured Feature Embedding</a>, 2016). {@code nDCG} is that of Järvelin and Kekäläinen,
 * <a href="https://doi.org/10.1145/582415.582418">Cumulated Gain-Based Evaluation of IR
 * Techniques</a> (2002), with gain 1 for a right row and discount {@code 1 / log2(rank + 1)}.
 *
 * <pre>{@code
 * Retrieval found = Retrieval.of(questions, answers, rightRows);
 * found.lines().forEach(out::println);   // percentages
 * double first = found.recall().get(1);  // in [0, 1]
 * }</pre>
 *
 * @param recall for each of {@link #DEPTHS} the share of queries of which a right row is among so
 *     many nearest, in {@code [0, 1]}
 * @param mrr the mean of 1 over the rank of a query's first right row, however far down, in {@code
 *     (0, 1]}
 * @param ndcg the mean of the queries' nDCG at {@value #NDCG_DEPTH}, in {@code [0, 1]}
 * @param count the number of queries, at least 1
 * @param corpusCount the number of rows that were searched, at least 1
 */
public record Retrieval(
    Map<Integer, Double> recall, double mrr, double ndcg, int count, int corpusCount) {
  /** How many of the nearest rows {@link #recall} looks at. */
  public static final List<Integer> DEPTHS = List.of(1, 5, 10);

  /** How many of the nearest rows {@link #ndcg} looks at. */
  public static final int NDCG_DEPTH = 10;

  /**
   * Copies the recalls, in the order of their depths.
   *
   * @throws IllegalArgumentException if a share is outside {@code [0, 1]}, or a count below 1
   */
  public Retrieval {
    recall = Collections.unmodifiableMap(new TreeMap<>(recall));
    recall.forEach((depth, share) -> Require.share("recall@" + depth, share));
    Require.share("mrr", mrr);
    Require.share("ndcg", ndcg);
    Require.atLeastOne("count", count);
    Require.atLeastOne("corpusCount", corpusCount);
  }

  /**
   * Looks for every query's right rows.
   *
   * @param queries what is looked for
   * @param corpus where it is looked for
   * @param right each query's right rows, by their places in the corpus: one or more; twice the
   *     same counts once
   * @throws KindredException if queries and corpus differ in width
   * @throws IllegalArgumentException if there are not as many {@code right} as queries, one has no
   *     row, or a row is not in the corpus
   */
  public static Retrieval of(Embeddings queries, Embeddings corpus, List<int[]> right) {
    Rows.requireSameWidth("corpus", corpus.dimension(), "queries", queries);
    requireRight(queries, corpus, right);
    try (ExactSearch search = new ExactSearch(corpus)) {
      return of(queries, search, right, corpus.size(), search.batch());
    }
  }

  /** The same, so many queries at a time. */
  static Retrieval of(
      Embeddings queries, ExactSearch search, List<int[]> right, int corpusCount, int batch) {
    RetrievalSums sums = new RetrievalSums();
    search.compare(
        queries.vectors(),
        batch,
        (query, cosines) -> sums.add(cosines, distinct(right.get(query))));
    return sums.mean(queries.size(), corpusCount);
  }

  /**
   * Everything in JSON types: {@code recall@1}, {@code recall@5}, {@code recall@10}, {@code mrr},
   * {@code ndcg@10}, {@code count}, {@code corpus_count}. Shares are in {@code [0, 1]}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(shares());
    map.put("count", count);
    map.put("corpus_count", corpusCount);
    return map;
  }

  /** A table to print: the shares times 100, rounded to two decimals, and the counts. */
  public List<String> lines() {
    StringBuilder names = new StringBuilder();
    StringBuilder values = new StringBuilder();
    shares()
        .forEach(
            (name, share) -> {
              names.append("%-11s".formatted(name));
              values.append("%-11s".formatted(SimilarityTable.percent(share)));
            });
    return List.of(names + "queries  corpus", values + "%-7d  %d".formatted(count, corpusCount));
  }

  private Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    recall.forEach((depth, share) -> shares.put("recall@" + depth, share));
    shares.put("mrr", mrr);
    shares.put("ndcg@" + NDCG_DEPTH, ndcg);
    return shares;
  }

  private static int[] distinct(int[] rows) {
    return Arrays.stream(rows).distinct().toArray();
  }

  private static void requireRight(Embeddings queries, Embeddings corpus, List<int[]> right) {
    if (right.size() != queries.size()) {
      throw new IllegalArgumentException(
          "right must have an entry for each of the %d queries, had %d"
              .formatted(queries.size(), right.size()));
    }
    for (int query = 0; query < right.size(); query++) {
      int[] rows = right.get(query);
      if (rows.length == 0
          || Arrays.stream(rows).anyMatch(row -> row < 0 || row >= corpus.size())) {
        throw new IllegalArgumentException(
            "the right rows of query %s must be one or more of 0 to %d, were %s"
                .formatted(queries.ids().get(query), corpus.size() - 1, Arrays.toString(rows)));
      }
    }
  }
}
