package dev.kindred.evaluation.report;

import java.util.List;
import java.util.Map;

/**
 * A part of the page under its own heading; what it has none of is an empty list.
 *
 * @param data what it shows as plain values, for {@code report.json}
 */
record Section(
    String heading,
    String explanation,
    List<Chart> charts,
    List<Table> tables,
    List<Matrix> matrices,
    List<Gallery> galleries,
    Map<String, Object> data) {

  static Section of(String heading, String explanation) {
    return new Section(heading, explanation, List.of(), List.of(), List.of(), List.of(), Map.of());
  }

  Section charts(List<Chart> theCharts) {
    return new Section(
        heading, explanation, List.copyOf(theCharts), tables, matrices, galleries, data);
  }

  Section table(Table table) {
    return tables(List.of(table));
  }

  Section tables(List<Table> theTables) {
    return new Section(
        heading, explanation, charts, List.copyOf(theTables), matrices, galleries, data);
  }

  Section matrix(Matrix matrix) {
    return new Section(heading, explanation, charts, tables, List.of(matrix), galleries, data);
  }

  Section gallery(Gallery gallery) {
    return new Section(heading, explanation, charts, tables, matrices, List.of(gallery), data);
  }

  Section data(Map<String, Object> theData) {
    return new Section(heading, explanation, charts, tables, matrices, galleries, theData);
  }
}
