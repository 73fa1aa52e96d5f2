package dev.kindred.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well a linear classifier did whose regularisation was chosen on validation rows.
 *
 * @param test how it classified rows that neither trained it nor chose anything
 * @param l2 the strength that was chosen
 * @param validationAccuracy the accuracy for which it was chosen, in {@code [0, 1]}
 */
public record TransferResult(Classification test, double l2, double validationAccuracy) {

  /**
   * Everything in JSON types: what {@link Classification#toMap} holds, {@code l2}, {@code
   * validation_accuracy}.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(test.toMap());
    map.put("l2", l2);
    map.put("validation_accuracy", validationAccuracy);
    return map;
  }
}
