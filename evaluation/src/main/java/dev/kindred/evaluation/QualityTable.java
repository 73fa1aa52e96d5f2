package dev.kindred.evaluation;

import dev.kindred.evaluation.Quality.Repeat;
import dev.kindred.evaluation.Quality.Repeats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link Quality} in lines to print. */
final class QualityTable {
  private final List<String> lines = new ArrayList<>();

  private QualityTable() {}

  static List<String> lines(Quality quality) {
    QualityTable table = new QualityTable();
    table.spread(quality);
    table.neighbours(quality);
    table.repeats(quality);
    return table.lines;
  }

  /** A line of a table: a name, a number of four decimals, and what it means. */
  static String line(String name, double value, String meaning) {
    return String.format(Locale.ROOT, "%-21s%10.4f  %s", name, value, meaning);
  }

  private void spread(Quality quality) {
    add("uniformity", quality.uniformity(), "lower is better: 0 is one point, -4 spread evenly");
    add("rankme", quality.rankMe(), "higher is better, up to " + quality.dimension());
    add("effective rank", quality.effectiveRank(), "directions in use; near 1 is collapse");
    add("feature std", quality.featureStd(), "1 is spread evenly; below 0.1 is collapse");
    add("mean cosine", quality.meanCosine(), "0 is best; near 1 all lie in a narrow cone");
  }

  private void neighbours(Quality quality) {
    add("hubness", quality.hubness(), "0 is even; above 2 few rows are neighbours of many");
    add("antihubs", quality.antihubs(), "the share of rows that no search finds; lower is better");
  }

  private void repeats(Quality quality) {
    add("duplicates", quality.duplicates(), "rows equal to an earlier one; fewer is better");
    add(
        "near duplicates",
        quality.nearDuplicates(),
        "rows that differ from an earlier one in length or rounding only");
    List<String> zero = quality.zeroVectors();
    if (!zero.isEmpty()) {
      lines.add(
          "%d of %d rows are zero and have no direction; the first is %s"
              .formatted(zero.size(), quality.count(), zero.get(0)));
    }
    if (quality.sampled() < quality.count()) {
      lines.add(
          "uniformity, neighbours and near duplicates are of %d of %d rows, drawn at random"
              .formatted(quality.sampled(), quality.count()));
    }
  }

  private void add(String name, double value, String meaning) {
    lines.add(line(name, value, meaning));
  }

  private void add(String name, Repeats repeats, String meaning) {
    lines.add("%-21s%10d  %s".formatted(name, repeats.count(), meaning));
    for (Repeat repeat : repeats.first()) {
      lines.add("  %s = %s".formatted(repeat.id(), repeat.earlier()));
    }
  }
}
