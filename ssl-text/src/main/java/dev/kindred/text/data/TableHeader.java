package dev.kindred.text.data;

import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Names;
import java.util.Arrays;
import java.util.List;

/** The names of a table's columns, between tabs in its first line. */
record TableHeader(List<String> names) {
  private static final String TAB = "\t";

  /**
   * Reads the first line that holds something.
   *
   * @throws KindredException if there is none, or a name occurs twice
   */
  static TableHeader read(LineReader lines) {
    while (lines.next()) {
      String line = lines.text();
      if (!line.isBlank()) {
        return of(line, lines);
      }
    }
    throw lines.failure(
        "ends before the header; give a table whose first line names its columns", null);
  }

  private static TableHeader of(String line, LineReader lines) {
    List<String> names = values(line);
    if (names.stream().distinct().count() < names.size()) {
      throw lines.failure(
          "columns must have different names, were %s; rename some"
              .formatted(String.join(", ", names)),
          null);
    }
    return new TableHeader(names);
  }

  /**
   * The place of a column.
   *
   * @throws KindredException if there is none of that name
   */
  int column(String name, RowFormat.Complaint complaint) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw complaint.about(Names.unknown("column", name, names), null);
    }
    return column;
  }

  /**
   * A row's values, stripped, one for each column.
   *
   * @throws KindredException if they are more or fewer
   */
  List<String> row(String line, RowFormat.Complaint complaint) {
    List<String> values = values(line);
    if (values.size() != names.size()) {
      throw complaint.about(
          "must have %d values between tabs, one for each column of the header, has %d; mend the line"
              .formatted(names.size(), values.size()),
          null);
    }
    return values;
  }

  private static List<String> values(String line) {
    return Arrays.stream(line.split(TAB, -1)).map(String::strip).toList();
  }
}
