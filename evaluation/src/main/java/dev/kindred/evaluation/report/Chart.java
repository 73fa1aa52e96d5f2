package dev.kindred.evaluation.report;

import dev.kindred.runtime.Json;
import java.util.List;

/**
 * A drawing that report.js makes from data in the page.
 *
 * @param kind which drawing, one of report.js's painters
 * @param title what is drawn; may be empty
 * @param note what the reader must know about it; may be empty
 * @param json the data, fit to stand inside a script element
 */
record Chart(String kind, String title, String note, String json) {
  /** Metrics over steps or epochs. */
  static Chart lines(String title, String note, Lines data) {
    return new Chart("lines", title, note, embed(data));
  }

  /** One bar per label and series, in [0, 1]. */
  static Chart bars(Bars data) {
    return new Chart("bars", "", "", embed(data));
  }

  /** Points in the plane, with pictures. */
  static Chart scatter(String note, Scatter data) {
    return new Chart("scatter", "", note, embed(data));
  }

  /** Without a single {@code <}, no text in the data can end the script element around it. */
  private static String embed(Record data) {
    return Json.line(data).replace("<", "\\u003c");
  }

  /**
   * Curves in one drawing.
   *
   * @param compared the names of all that are compared, here and in other drawings, each of which
   *     has a colour of its own; if empty, the first line is the background of the second
   */
  record Lines(String xLabel, List<Line> series, List<String> compared) {}

  /** Points are {@code [x, y]}; a NaN or infinite y is a gap. */
  record Line(String name, List<float[]> points) {}

  record Bars(List<String> labels, List<Bar> series) {}

  record Bar(String name, List<Double> values) {}

  /** The same points laid out in one way or several, among which the reader switches. */
  record Scatter(List<Layout> layouts, List<Cloud> series) {}

  record Layout(String name, String note, String xLabel, String yLabel) {}

  /**
   * Points of one class.
   *
   * @param points for each layout, each point's {@code [x, y]}
   * @param pictures may be empty, each
   */
  record Cloud(String name, List<List<float[]>> points, List<String> ids, List<String> pictures) {}
}
