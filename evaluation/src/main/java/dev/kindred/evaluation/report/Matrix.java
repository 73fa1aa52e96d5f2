package dev.kindred.evaluation.report;

import java.util.List;

/** Counts in a square, each shaded by its share of its row. */
record Matrix(List<String> columns, List<Row> rows) {
  record Row(String name, List<Cell> cells) {}

  /**
   * A count.
   *
   * @param verdict {@code right} on the diagonal, {@code wrong} off it, {@code none} if it is 0
   * @param share of its row, in [0, 1], as CSS has it
   */
  record Cell(int count, String verdict, String share) {}
}
