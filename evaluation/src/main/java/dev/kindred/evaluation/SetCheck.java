package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import java.util.ArrayList;
import java.util.Arrays;
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
    List<String> zeros = zeroRows(rows);
    if (!zeros.isEmpty()) {
      warnings.add(
          "%d of %d %s rows are all zero, and so their cosine counts as 0 with any row; the first is %s"
              .formatted(zeros.size(), rows.size(), role, zeros.get(0)));
    }
  }

  /** The ids of rows of zeros. */
  private static List<String> zeroRows(Embeddings rows) {
    List<String> zeros = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (Rows.isZero(rows.vectors()[row])) {
        zeros.add(rows.ids().get(row));
      }
    }
    return zeros;
  }

  private static void addOverlap(List<String> warnings, Embeddings training, Embeddings test) {
    Map<Integer, List<Integer>> byHash = new HashMap<>();
    for (int row = 0; row < training.size(); row++) {
      byHash
          .computeIfAbsent(Arrays.hashCode(training.vectors()[row]), hash -> new ArrayList<>(1))
          .add(row);
    }
    int overlap = 0;
    String first = "";
    for (int row = 0; row < test.size(); row++) {
      int twin = twin(byHash, training, test.vectors()[row]);
      if (twin >= 0 && overlap++ == 0) {
        first = "%s is %s".formatted(test.ids().get(row), training.ids().get(twin));
      }
    }
    if (overlap > 0) {
      warnings.add(
          "%d of %d test rows equal a training row in every digit: the sets overlap, or different examples have one representation; the numbers flatter (the first: %s)"
              .formatted(overlap, test.size(), first));
    }
  }

  private static int twin(Map<Integer, List<Integer>> byHash, Embeddings rows, float[] vector) {
    return byHash.getOrDefault(Arrays.hashCode(vector), List.of()).stream()
        .filter(row -> !Rows.isZero(vector) && Arrays.equals(rows.vectors()[row], vector))
        .findFirst()
        .orElse(-1);
  }
}
