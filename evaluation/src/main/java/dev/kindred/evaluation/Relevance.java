package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Which rows of a bank are right for which query.
 *
 * <pre>{@code
 * Relevance.sameClass()                      // rows of the query's class
 * Relevance.sameClass().withoutItself()      // a set that is searched by itself
 * Relevance.rows(List.of(new int[] {3, 8}))  // these rows for the first query
 * }</pre>
 *
 * Immutable.
 */
public final class Relevance {
  private final BiFunction<Embeddings, Embeddings, List<RightRows>> judge;
  private final boolean withoutItself;
  private final boolean allowingNone;

  private Relevance(
      BiFunction<Embeddings, Embeddings, List<RightRows>> judge,
      boolean withoutItself,
      boolean allowingNone) {
    this.judge = judge;
    this.withoutItself = withoutItself;
    this.allowingNone = allowingNone;
  }

  /**
   * Rows whose class has the name of the query's class. Every query and every row must have a
   * class, and the bank two or more, for if all rows were right every search would be perfect.
   */
  public static Relevance sameClass() {
    return new Relevance(Relevance::byClass, false, false);
  }

  /**
   * These rows.
   *
   * @param right for each query its right rows, by their places in the bank; twice the same counts
   *     once
   */
  public static Relevance rows(List<int[]> right) {
    return of(
        right.stream()
            .map(rows -> new RightRows(Arrays.stream(rows).sorted().distinct().toArray(), null))
            .toList());
  }

  /**
   * Rows that are right to different degrees, which nDCG tells apart; to all other metrics each row
   * with a gain above 0 is right.
   *
   * @param gains for each query, from a row's place in the bank to what finding it is worth
   * @throws IllegalArgumentException if a gain is negative or not finite
   */
  public static Relevance graded(List<Map<Integer, Double>> gains) {
    return of(gains.stream().map(Relevance::graded).toList());
  }

  /**
   * The same, but that a query is not compared with the row of its own id, which has no rank and is
   * never right: so is a set searched by itself. A query whose id is not in the bank is compared
   * with all rows.
   */
  public Relevance withoutItself() {
    return new Relevance(judge, true, allowingNone);
  }

  /**
   * The same, but that queries without a right row are left out of all means, and named in {@link
   * Retrieval#withoutRight}, instead of being refused.
   */
  public Relevance allowingNone() {
    return new Relevance(judge, withoutItself, true);
  }

  /** How many rows of a bank of so many a query may be compared with at least. */
  int candidates(int rows) {
    return withoutItself ? rows - 1 : rows;
  }

  /**
   * What is right for each query.
   *
   * @throws KindredException if a class is missing, or a query has no right row and that is not
   *     allowed
   * @throws IllegalArgumentException if explicit rows do not fit the queries or the bank
   */
  Judgements of(Embeddings queries, Embeddings bank) {
    int[] nobody = new int[queries.size()];
    Arrays.fill(nobody, Judgements.NONE);
    Judgements judgements =
        new Judgements(
            judge.apply(queries, bank), withoutItself ? Judgements.sameIds(queries, bank) : nobody);
    if (!allowingNone) {
      judgements.requireAnswerable(queries);
    }
    if (judgements.answerable().length == 0) {
      throw new KindredException(
          "none of the %d queries has a right row in the bank; add some, or check the names of the classes"
              .formatted(queries.size()));
    }
    return judgements;
  }

  private static Relevance of(List<RightRows> right) {
    return new Relevance(
        (queries, bank) -> {
          requireFit(right, queries, bank);
          return right;
        },
        false,
        false);
  }

  private static List<RightRows> byClass(Embeddings queries, Embeddings bank) {
    Labelled rows = Labelled.of("bank", bank).severalClasses();
    int[][] members = members(rows.indices(), rows.classes().size());
    Map<String, RightRows> right = new HashMap<>();
    for (int i = 0; i < members.length; i++) {
      right.put(rows.classes().get(i), new RightRows(members[i], null));
    }
    return Labelled.of("queries", queries).classOf().stream()
        .map(name -> right.getOrDefault(name, RightRows.NONE))
        .toList();
  }

  /** The rows of each class, ascending. */
  private static int[][] members(int[] classOf, int classes) {
    int[] counts = new int[classes];
    for (int one : classOf) {
      counts[one]++;
    }
    int[][] members = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
    for (int row = classOf.length - 1; row >= 0; row--) {
      members[classOf[row]][--counts[classOf[row]]] = row;
    }
    return members;
  }

  private static RightRows graded(Map<Integer, Double> gains) {
    SortedMap<Integer, Double> right = new TreeMap<>(gains);
    right.values().removeIf(gain -> gain == 0);
    right.forEach(
        (row, gain) -> {
          if (!(gain > 0 && Double.isFinite(gain))) {
            throw new IllegalArgumentException(
                "gains must be finite and >= 0, but that of row %d was %s".formatted(row, gain));
          }
        });
    return new RightRows(
        right.keySet().stream().mapToInt(Integer::intValue).toArray(),
        right.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void requireFit(List<RightRows> right, Embeddings queries, Embeddings bank) {
    if (right.size() != queries.size()) {
      throw new IllegalArgumentException(
          "right rows must be given for each of the %d queries, were for %d"
              .formatted(queries.size(), right.size()));
    }
    IntStream.range(0, right.size())
        .forEach(query -> requireFit(right.get(query).rows(), queries.ids().get(query), bank));
  }

  private static void requireFit(int[] rows, String query, Embeddings bank) {
    if (rows.length > 0 && (rows[0] < 0 || rows[rows.length - 1] >= bank.size())) {
      throw new IllegalArgumentException(
          "the right rows of query %s must be in 0 to %d, were %s"
              .formatted(query, bank.size() - 1, Arrays.toString(rows)));
    }
  }
}
