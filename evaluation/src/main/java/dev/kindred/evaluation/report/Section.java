package dev.kindred.evaluation.report;

import java.util.List;

/** A part of the page under its own heading; what it has none of is an empty list. */
record Section(
    String heading,
    String explanation,
    List<Chart> charts,
    List<Table> tables,
    List<Gallery> galleries) {

  static Section of(String heading, String explanation) {
    return new Section(heading, explanation, List.of(), List.of(), List.of());
  }

  Section charts(List<Chart> theCharts) {
    return new Section(heading, explanation, List.copyOf(theCharts), tables, galleries);
  }

  Section table(Table table) {
    return new Section(heading, explanation, charts, List.of(table), galleries);
  }

  Section gallery(Gallery gallery) {
    return new Section(heading, explanation, charts, tables, List.of(gallery));
  }
}
