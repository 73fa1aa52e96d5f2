package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is right for each query of a set.
 *
 * @param right the right rows, query by query
 * @param leftOut the row that each query is not compared with, or {@link #NONE}
 */
record Judgements(List<RightRows> right, int[] leftOut) {
  /** No row is left out. */
  static final int NONE = -1;

  /** The queries that have a right row, by their places. */
  int[] answerable() {
    return queries().filter(this::answerable).toArray();
  }

  /** The others. */
  int[] unanswerable() {
    return queries().filter(query -> !answerable(query)).toArray();
  }

  /** The ranks of a query's right rows. */
  FoundRanks ranks(int query, float[] cosines, Ranking ranking) {
    return ranking.of(cosines, right.get(query), leftOut[query]);
  }

  /** For each query the row of the same id, if there is one. */
  static int[] sameIds(Embeddings queries, Embeddings bank) {
    Map<String, Integer> rows = new HashMap<>();
    for (int row = 0; row < bank.size(); row++) {
      rows.put(bank.ids().get(row), row);
    }
    return queries.ids().stream().mapToInt(id -> rows.getOrDefault(id, NONE)).toArray();
  }

  /**
   * Refuses queries without a right row.
   *
   * @throws KindredException if there is one
   */
  void requireAnswerable(Embeddings queries) {
    int[] without = unanswerable();
    if (without.length > 0) {
      throw new KindredException(
          "%d of %d queries have no right row in the bank, the first is %s; add one, or allow queries without (they are then left out and counted)"
              .formatted(without.length, queries.size(), queries.ids().get(without[0])));
    }
  }

  private IntStream queries() {
    return IntStream.range(0, right.size());
  }

  private boolean answerable(int query) {
    return right.get(query).countWithout(leftOut[query]) > 0;
  }
}
