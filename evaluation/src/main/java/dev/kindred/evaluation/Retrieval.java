package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well what belongs to a query is found in a bank by cosine, exactly: every query is compared
 * with every row, and the whole ranking is looked at. Nothing is trained. A row's rank, from 1, is
 * its place among all rows, nearest first; of rows that are equally near the earlier in the bank
 * comes first, as in {@link ExactSearch}. {@link RetrievalMetric} has the metrics, {@link
 * Relevance} what belongs to a query.
 *
 * <p>A vector of zeros has no direction; its cosine with all is 0 by convention, and it is named in
 * {@code zeroVectors}.
 *
 * <pre>{@code
 * Retrieval classes =
 *     Retrieval.of(photos, photos, Relevance.sameClass().withoutItself());
 * classes.lines().forEach(out::println);                    // percentages
 * double map = classes.mean(RetrievalMetric.MAP_AT_R);      // in [0, 1]
 * double[] each = classes.perQuery(RetrievalMetric.MRR);    // of classes.queries()
 *
 * Retrieval answers = Retrieval.of(questions, answers, rightRows);
 * }</pre>
 *
 * <p>Deterministic on one machine. Time goes into the products of all vectors and into sorting,
 * about {@code queries * rows * (dimension + 60)} steps on all processors, whatever the metrics;
 * beside the vectors, 64 MiB of cosines are in memory at once. Immutable by convention: the arrays
 * are not copied, and nobody writes to them.
 *
 * @param values for each metric, in order, the value of every one of {@code queries}, in {@code [0,
 *     1]}
 * @param queries the ids of the queries that have a right row, in their order, at least one
 * @param withoutRight the ids of the queries that have none, and are in no mean
 * @param zeroVectors the ids of queries and rows whose every value is 0, once each
 * @param corpusCount the number of rows in the bank, at least 1
 */
public record Retrieval(
    Map<RetrievalMetric, double[]> values,
    List<String> queries,
    List<String> withoutRight,
    List<String> zeroVectors,
    int corpusCount) {
  private static final int COLUMNS = 6;

  /**
   * Copies the map and the lists.
   *
   * @throws IllegalArgumentException if there is no metric or query, a metric has not a value for
   *     each query, a value is outside {@code [0, 1]}, or {@code corpusCount} is below 1
   */
  public Retrieval {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    queries = List.copyOf(queries);
    withoutRight = List.copyOf(withoutRight);
    zeroVectors = List.copyOf(zeroVectors);
    Require.atLeastOne("the number of metrics", values.size());
    Require.atLeastOne("the number of queries", queries.size());
    Require.atLeastOne("corpusCount", corpusCount);
    for (Map.Entry<RetrievalMetric, double[]> metric : values.entrySet()) {
      requireShares(metric.getKey().name(), metric.getValue(), queries.size());
    }
  }

  /**
   * All metrics at the usual depths, {@link RetrievalMetric#DEPTHS}.
   *
   * @throws KindredException as the other method
   * @throws IllegalArgumentException as the other method
   */
  public static Retrieval of(Embeddings queries, Embeddings bank, Relevance relevance) {
    return of(queries, bank, relevance, RetrievalMetric.all(RetrievalMetric.DEPTHS));
  }

  /**
   * Looks for every query's right rows, and measures where they are.
   *
   * @param queries what is looked for
   * @param bank where it is looked for
   * @param metrics one or more; twice the same counts once
   * @throws KindredException if the two differ in width, a query or a row has no class or all rows
   *     one (where {@code relevance} asks for classes), or a query has no right row (unless {@code
   *     relevance} allows that; of all queries it never does)
   * @throws IllegalArgumentException if a metric looks at more rows than a query is compared with,
   *     or the right rows do not fit the queries or the bank
   */
  public static Retrieval of(
      Embeddings queries, Embeddings bank, Relevance relevance, List<RetrievalMetric> metrics) {
    int candidates = relevance.candidates(bank.size());
    for (RetrievalMetric metric : metrics) {
      if (metric.depth() > candidates) {
        throw new IllegalArgumentException(
            "%s must look at no more rows than a query is compared with, which are %d; choose smaller depths"
                .formatted(metric, candidates));
      }
    }
    return measured(queries, bank, relevance, metrics);
  }

  /**
   * Looks for answers, by the metrics that are usual for them, {@link RetrievalMetric#ANSWERS}. Of
   * a corpus that is smaller than a depth all rows are looked at.
   *
   * @param right each query's right rows, by their places in the corpus: one or more; twice the
   *     same counts once
   * @throws KindredException if queries and corpus differ in width, or a query has no right row
   * @throws IllegalArgumentException if there are not as many {@code right} as queries, or a row is
   *     not in the corpus
   */
  public static Retrieval of(Embeddings queries, Embeddings corpus, List<int[]> right) {
    return measured(queries, corpus, Relevance.rows(right), RetrievalMetric.ANSWERS);
  }

  private static Retrieval measured(
      Embeddings queries, Embeddings bank, Relevance relevance, List<RetrievalMetric> metrics) {
    Rows.requireSameWidth("bank", bank.dimension(), "queries", queries);
    Judgements judgements = relevance.of(queries, bank);
    try (ExactSearch search = new ExactSearch(bank)) {
      return of(queries, bank, judgements, metrics, search, search.batch());
    }
  }

  /** The same by a search of {@code bank}, so many queries at a time. */
  static Retrieval of(
      Embeddings queries,
      Embeddings bank,
      Judgements judgements,
      List<RetrievalMetric> metrics,
      ExactSearch search,
      int batch) {
    int[] asked = judgements.answerable();
    Map<RetrievalMetric, double[]> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric, new double[asked.length]));
    search.compare(
        Arrays.stream(asked).mapToObj(query -> queries.vectors()[query]).toArray(float[][]::new),
        batch,
        () -> {
          Ranking ranking = new Ranking(bank.size());
          return (i, cosines) -> {
            FoundRanks found = judgements.ranks(asked[i], cosines, ranking);
            values.forEach((metric, each) -> each[i] = metric.of(found));
          };
        });
    Set<String> zero = new LinkedHashSet<>(Rows.zeroIds(queries));
    zero.addAll(Rows.zeroIds(bank));
    return new Retrieval(
        values,
        ids(queries, asked),
        ids(queries, judgements.unanswerable()),
        List.copyOf(zero),
        bank.size());
  }

  /**
   * The mean over all queries that have a right row, each counting alike.
   *
   * @return in {@code [0, 1]}
   * @throws IllegalArgumentException if {@code metric} was not measured
   */
  public double mean(RetrievalMetric metric) {
    return Arrays.stream(perQuery(metric)).average().orElseThrow();
  }

  /**
   * The values of {@link #queries}, in their order.
   *
   * @throws IllegalArgumentException if {@code metric} was not measured
   */
  public double[] perQuery(RetrievalMetric metric) {
    double[] each = values.get(metric);
    if (each == null) {
      throw new IllegalArgumentException(
          "metric must be one that was measured, of %s; was %s".formatted(values.keySet(), metric));
    }
    return each;
  }

  /** The number of queries that have a right row, over which the means are. */
  public int count() {
    return queries.size();
  }

  /**
   * Everything but the single queries in JSON types: the mean of each metric by its name, such as
   * {@code recall@1} or {@code map@r}, in {@code [0, 1]}; {@code count} and {@code corpus_count};
   * {@code without_right} and {@code zero_vectors}, the ids.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    values.keySet().forEach(metric -> map.put(metric.name(), mean(metric)));
    map.put("count", count());
    map.put("corpus_count", corpusCount);
    map.put("without_right", withoutRight);
    map.put("zero_vectors", zeroVectors);
    return map;
  }

  /**
   * A table to print: the means times 100, rounded to two decimals, and the counts; then what was
   * left out, and how many vectors are zero, if there are any.
   */
  public List<String> lines() {
    Map<String, String> cells = new LinkedHashMap<>();
    values
        .keySet()
        .forEach(
            metric ->
                cells.put(metric.name(), SimilarityTable.percent(mean(metric)).toPlainString()));
    List<String> lines = new ArrayList<>();
    List<String> names = List.copyOf(cells.keySet());
    for (int from = 0; from < names.size(); from += COLUMNS) {
      boolean last = from + COLUMNS >= names.size();
      List<String> some = names.subList(from, Math.min(names.size(), from + COLUMNS));
      lines.add(row(some, some) + (last ? "queries  corpus" : ""));
      lines.add(
          row(some, some.stream().map(cells::get).toList())
              + (last ? "%-7d  %d".formatted(count(), corpusCount) : ""));
    }
    note(lines, withoutRight, "%d queries have no right row, and are left out; the first is %s");
    note(lines, zeroVectors, "%d vectors are zero, and their cosine counts as 0; the first is %s");
    return lines.stream().map(String::stripTrailing).toList();
  }

  private static String row(List<String> names, List<String> cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      row.append(("%-" + Math.max(11, names.get(i).length() + 2) + "s").formatted(cells.get(i)));
    }
    return row.toString();
  }

  private static void note(List<String> lines, List<String> ids, String note) {
    if (!ids.isEmpty()) {
      lines.add(note.formatted(ids.size(), ids.get(0)));
    }
  }

  private static List<String> ids(Embeddings queries, int[] places) {
    return Arrays.stream(places).mapToObj(queries.ids()::get).toList();
  }

  private static void requireShares(String name, double[] values, int count) {
    Require.that(values.length == count, name, "one value for each query", values.length);
    Arrays.stream(values).forEach(value -> Require.share(name, value));
  }
}
