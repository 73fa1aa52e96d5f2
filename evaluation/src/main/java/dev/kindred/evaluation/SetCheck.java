package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes numbers mean less than they say, though nothing can be refused for it: examples that
 * are in the training and in the test set, and vectors of zeros, which have no direction.
 */
public final class SetCheck {
  private SetCheck() {}

  /**
   * What is suspicious of two sets, a sentence each; empty if nothing is.
   *
   * @param training what is learned from
   * @param test what is tested
   */
  public static List<String> warnings(Embeddings training, Embeddings test) {
    List<String> warnings = new ArrayList<>();
    addZeros(warnings, "training", training);
    addZeros(warnings, "test", test);
    addOverlap(warnings, training, test);
    return warnings;
  }

  private static void addZeros(List<String> warnings, String role, Embeddings rows) {
    List<String> zeros = Rows.zeroIds(rows);
    if (!zeros.isEmpty()) {
      warnings.add(
          "%d of %d %s rows are all zero, and so their cosine counts as 0 with any row; the first is %s"
              .formatted(zeros.size(), rows.size(), role, zeros.get(0)));
    }
  }

  private static void addOverlap(List<String> warnings, Embeddings training, Embeddings test) {
    Map<Rows.Values, Integer> learned = new HashMap<>();
    for (int row = 0; row < training.size(); row++) {
      learned.putIfAbsent(new Rows.Values(training.vectors()[row]), row);
    }
    int overlap = 0;
    String first = "";
    for (int row = 0; row < test.size(); row++) {
      float[] vector = test.vectors()[row];
      Integer twin = Rows.isZero(vector) ? null : learned.get(new Rows.Values(vector));
      if (twin != null && overlap++ == 0) {
        first = "%s is %s".formatted(test.ids().get(row), training.ids().get(twin));
      }
    }
    if (overlap > 0) {
      warnings.add(
          "%d of %d test rows equal a training row in every digit: the sets overlap, or different examples have one representation; the numbers flatter (the first: %s)"
              .formatted(overlap, test.size(), first));
    }
  }
}
