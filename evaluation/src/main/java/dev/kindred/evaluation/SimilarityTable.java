package dev.kindred.evaluation;

import dev.kindred.evaluation.PairSimilarity.Agreement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link PairSimilarity} in lines to print. */
final class SimilarityTable {
  private SimilarityTable() {}

  static List<String> lines(PairSimilarity result) {
    Map<String, Agreement> rows = rows(result);
    int width = rows.keySet().stream().mapToInt(String::length).max().orElseThrow();
    String format = "%-" + width + "s  %8s  %8s  %6s";
    List<String> lines = new ArrayList<>();
    lines.add(format.formatted("", "Spearman", "Pearson", "pairs"));
    rows.forEach((name, row) -> lines.add(line(format, name, row)));
    List<String> zero = result.zeroVectors();
    if (!zero.isEmpty()) {
      lines.add(
          "%d of %d pairs hold a zero vector, and their cosine counts as 0; the first is %s"
              .formatted(zero.size(), result.all().count(), zero.get(0)));
    }
    return lines;
  }

  /** A correlation times 100, rounded as C and Python do when they print two decimals. */
  static BigDecimal percent(double correlation) {
    return new BigDecimal(100 * correlation).setScale(2, RoundingMode.HALF_EVEN);
  }

  private static Map<String, Agreement> rows(PairSimilarity result) {
    Map<String, Agreement> rows = new LinkedHashMap<>();
    result.subsets().forEach((name, subset) -> rows.put("  " + name, subset));
    rows.put("all", result.all());
    rows.put("mean", result.mean());
    rows.put("wmean", result.wmean());
    return rows;
  }

  private static String line(String format, String name, Agreement row) {
    return format.formatted(name, percent(row.spearman()), percent(row.pearson()), row.count());
  }
}
