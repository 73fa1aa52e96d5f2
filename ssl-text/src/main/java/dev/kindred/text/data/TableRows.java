package dev.kindred.text.data;

import dev.kindred.runtime.KindredException;
import java.util.List;
import java.util.OptionalInt;

/** Some columns of a table. */
record TableRows(TableHeader header, Columns columns, List<Integer> texts, OptionalInt label)
    implements RowFormat {
  /**
   * Finds the columns in the header.
   *
   * @throws KindredException if one is not there, or none is asked for
   */
  static TableRows of(LineReader lines, Columns columns) {
    TableHeader header = TableHeader.read(lines);
    if (columns.texts().isEmpty()) {
      throw lines.failure(
          "say which columns hold the texts; there are: " + String.join(", ", header.names()),
          null);
    }
    List<Integer> texts =
        columns.texts().stream().map(name -> header.column(name, lines::failure)).toList();
    OptionalInt label =
        columns.label().stream().mapToInt(name -> header.column(name, lines::failure)).findFirst();
    return new TableRows(header, columns, texts, label);
  }

  @Override
  public Row row(String line, Complaint complaint) {
    List<String> values = header.row(line, complaint);
    return new Row(texts.stream().map(values::get).toList(), label(values, complaint));
  }

  private String label(List<String> values, Complaint complaint) {
    if (label.isEmpty()) {
      return "";
    }
    int at = label.getAsInt();
    return columns.label(header.names().get(at), values.get(at), complaint);
  }
}
