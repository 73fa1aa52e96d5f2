package dev.kindred.evaluation.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of text, in which numbers are set to the right.
 *
 * @param summary if not empty, the table is folded away under this line
 */
record Table(String summary, List<Cell> headers, List<Row> rows) {
  private static final Pattern NUMBER =
      Pattern.compile("[-+−]?\\d[\\d,. ]*([eE][-+]?\\d+)?\\s*%?(\\s*±\\s*[\\d.,]+\\s*%?)?");

  /** A number stands to the right, and so does the header above numbers. */
  record Cell(String text, boolean number) {
    static Cell of(String text) {
      return new Cell(text, text.isEmpty() || NUMBER.matcher(text).matches());
    }
  }

  /** The first cell names the row. */
  record Row(Cell name, List<Cell> cells) {}

  /**
   * A table of {@code rows} of text.
   *
   * @throws IllegalArgumentException if there is no column, or a row is not as long as the headers
   */
  static Table of(String summary, List<String> headers, List<List<String>> rows) {
    if (headers.isEmpty()) {
      throw new IllegalArgumentException("headers must name at least one column, were none");
    }
    rows.forEach(row -> requireWidth(row, headers.size()));
    List<Row> filled = rows.stream().map(Table::row).toList();
    List<Cell> heads =
        java.util.stream.IntStream.range(0, headers.size())
            .mapToObj(column -> new Cell(headers.get(column), numeric(filled, column)))
            .toList();
    return new Table(summary, heads, filled);
  }

  private static Row row(List<String> texts) {
    List<Cell> cells = texts.stream().skip(1).map(Cell::of).toList();
    return new Row(new Cell(texts.get(0), false), cells);
  }

  private static boolean numeric(List<Row> rows, int column) {
    return column > 0 && rows.stream().allMatch(row -> row.cells().get(column - 1).number());
  }

  private static void requireWidth(List<String> row, int width) {
    if (row.size() != width) {
      throw new IllegalArgumentException(
          "every row must have %d cells like the headers, but %s has %d"
              .formatted(width, row, row.size()));
    }
  }
}
