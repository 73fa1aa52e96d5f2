package dev.kindred.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of text, in which columns of numbers are set to the right. A number may have a margin or
 * an interval with it: {@code .4183 ± .0097}, {@code .41 [.40, .43]}.
 *
 * @param summary if not empty, the table is folded away under this line
 */
record Table(String summary, List<Cell> headers, List<Row> rows) {
  private static final String DIGITS = "[-+−]?(?:\\d+(?:[,. ]\\d+)*\\.?|\\.\\d+)(?:[eE][-+]?\\d+)?";
  private static final String UNIT = "(\\s*%)?";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<value>%1$s)(?<unit>\\s*%%)?(?:\\s*±\\s*(?<margin>%1$s)%2$s)?".formatted(DIGITS, UNIT)
              + "(?:\\s*[\\[(]\\s*(?<low>%1$s)%2$s\\s*[,;–]\\s*(?<high>%1$s)%2$s\\s*[\\])])?"
                  .formatted(DIGITS, UNIT));

  /** What stands for a number that there is none of. */
  private static final List<String> NO_NUMBER = List.of("", "—", "NaN");

  private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d)[, ](?=\\d{3}(?:\\D|$))");

  /** What is in a column of numbers stands to the right, as does the header above it. */
  record Cell(String text, boolean number) {
    static boolean reads(String text) {
      return NO_NUMBER.contains(text) || NUMBER.matcher(text).matches();
    }

    /**
     * The text, and of a number what it says: {@code value}, {@code margin}, {@code low} and so on.
     */
    Map<String, Object> data() {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("text", text);
      Matcher matcher = NUMBER.matcher(text);
      if (matcher.matches()) {
        for (String part : List.of("value", "margin", "low", "high")) {
          put(data, part, matcher.group(part));
        }
        if (matcher.group("unit") != null) {
          data.put("unit", "%");
        }
      }
      return data;
    }

    private static void put(Map<String, Object> data, String part, @Nullable String digits) {
      if (digits == null) {
        return;
      }
      String plain = THOUSANDS.matcher(digits.replace('−', '-')).replaceAll("");
      try {
        data.put(part, Double.valueOf(plain));
      } catch (NumberFormatException e) {
        // Such as 1.2.3, which a reader takes for a number too; its text says all there is.
      }
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
    boolean[] numeric = new boolean[headers.size()];
    for (int column = 1; column < numeric.length; column++) {
      int place = column;
      numeric[column] = rows.stream().allMatch(row -> Cell.reads(row.get(place)));
    }
    List<Row> filled = rows.stream().map(row -> row(row, numeric)).toList();
    return new Table(summary, cells(headers, numeric), filled);
  }

  private static Row row(List<String> texts, boolean[] numeric) {
    List<Cell> cells = cells(texts, numeric);
    return new Row(cells.get(0), cells.subList(1, cells.size()));
  }

  private static List<Cell> cells(List<String> texts, boolean[] numeric) {
    return IntStream.range(0, numeric.length)
        .mapToObj(column -> new Cell(texts.get(column), numeric[column]))
        .toList();
  }

  /**
   * For {@code report.json}: {@code columns}, and {@code rows} with {@code name} and {@code cells}.
   */
  Map<String, Object> data() {
    List<Object> all = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", row.name().text());
      one.put("cells", row.cells().stream().map(Cell::data).toList());
      all.add(one);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "table");
    data.put("columns", headers.stream().map(Cell::text).toList());
    data.put("rows", all);
    return data;
  }

  private static void requireWidth(List<String> row, int width) {
    if (row.size() != width) {
      throw new IllegalArgumentException(
          "every row must have %d cells like the headers, but %s has %d"
              .formatted(width, row, row.size()));
    }
  }
}
