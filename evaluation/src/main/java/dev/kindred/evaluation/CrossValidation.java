package dev.kindred.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well linear classifiers did, each tested on the part of the rows that the others learned
 * from.
 *
 * @param folds the parts' results, over the same classes
 */
public record CrossValidation(List<TransferResult> folds) {
  /**
   * Copies the results.
   *
   * @throws IllegalArgumentException if there is none
   */
  public CrossValidation {
    folds = List.copyOf(folds);
    if (folds.isEmpty()) {
      throw new IllegalArgumentException("folds must be at least one, was none");
    }
  }

  /** The mean of the parts' accuracies, in {@code [0, 1]}: what papers report. */
  public double accuracy() {
    return folds.stream().mapToDouble(fold -> fold.test().accuracy()).average().orElseThrow();
  }

  /** The standard deviation of the parts' accuracies around their mean, over their number. */
  public double deviation() {
    double mean = accuracy();
    return Math.sqrt(
        folds.stream()
            .mapToDouble(fold -> Math.pow(fold.test().accuracy() - mean, 2))
            .average()
            .orElseThrow());
  }

  /** All rows, each classified once. */
  public Classification pooled() {
    return folds.stream().map(TransferResult::test).reduce(Classification::plus).orElseThrow();
  }

  /**
   * Everything in JSON types: what {@link Classification#toMap} holds of {@link #pooled}, but
   * {@code accuracy} as here; {@code accuracy_deviation}; {@code folds}, the parts' {@code
   * accuracy}, {@code validation_accuracy}, {@code l2} and {@code count}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(pooled().toMap());
    map.put("accuracy", accuracy());
    map.put("accuracy_deviation", deviation());
    map.put("folds", folds.stream().map(CrossValidation::toMap).toList());
    return map;
  }

  private static Map<String, Object> toMap(TransferResult fold) {
    return Map.of(
        "accuracy", fold.test().accuracy(),
        "validation_accuracy", fold.validationAccuracy(),
        "l2", fold.l2(),
        "count", fold.test().count());
  }
}
