package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.Quality.Repeat;
import dev.kindred.evaluation.Quality.Repeats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts rows that are there already, and keeps the first few. */
final class RepeatedRows {
  private static final int SHOWN = 5;

  private final List<String> ids;
  private final List<Repeat> first = new ArrayList<>();
  private int count;

  RepeatedRows(List<String> ids) {
    this.ids = ids;
  }

  /** The rows that are equal to an earlier one. */
  static Repeats equal(Embeddings embeddings) {
    RepeatedRows repeated = new RepeatedRows(embeddings.ids());
    Map<Rows.Values, Integer> known = new HashMap<>();
    for (int row = 0; row < embeddings.size(); row++) {
      Integer earlier = known.putIfAbsent(new Rows.Values(embeddings.vectors()[row]), row);
      if (earlier != null) {
        repeated.add(row, earlier);
      }
    }
    return repeated.repeats();
  }

  void add(int row, int earlier) {
    count++;
    if (first.size() < SHOWN) {
      first.add(new Repeat(ids.get(row), ids.get(earlier)));
    }
  }

  Repeats repeats() {
    return new Repeats(count, first);
  }
}
