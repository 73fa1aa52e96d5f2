package dev.kindred.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lets contestants work in turn, A B A B, so that whatever else happens on the machine meets all of
 * them. A first round warms up and does not count.
 *
 * @param unit what the figures are, such as {@code views/s}
 * @param contestants who works, at least one; the others are compared with the first
 * @param rounds how often each works, at least once
 */
public record Race(String unit, List<? extends Contestant> contestants, int rounds) {
  private static final int LABEL_WIDTH = 8;
  private static final int MIN_COLUMN_WIDTH = 10;

  /**
   * Checks the contestants and rounds.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Race {
    contestants = List.copyOf(contestants);
    if (contestants.isEmpty()) {
      throw new IllegalArgumentException("contestants must be at least one, were none");
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be >= 1, was " + rounds);
    }
  }

  /**
   * Runs the race and prints a line for each round: the figure of every contestant, then the first
   * one's divided by each other's. The last line has the median of every column.
   *
   * @return the last line's figures
   */
  public double[] run(PrintStream out) {
    out.println(unit);
    out.println(heading());
    contestants.forEach(Contestant::measure);
    List<double[]> lines = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      lines.add(round());
      out.println(line(String.valueOf(round), lines.get(round - 1)));
    }
    double[] medians = medians(lines);
    out.println(line("median", medians));
    return medians;
  }

  private double[] round() {
    int count = contestants.size();
    double[] columns = new double[2 * count - 1];
    for (int i = 0; i < count; i++) {
      columns[i] = contestants.get(i).measure();
    }
    for (int i = 1; i < count; i++) {
      columns[count + i - 1] = columns[0] / columns[i];
    }
    return columns;
  }

  private String heading() {
    StringBuilder text = new StringBuilder(pad("round", LABEL_WIDTH));
    headings().forEach(heading -> text.append("  ").append(pad(heading, width(heading))));
    return text.toString();
  }

  private String line(String label, double[] columns) {
    StringBuilder text = new StringBuilder(pad(label, LABEL_WIDTH));
    for (int i = 0; i < columns.length; i++) {
      text.append("  ").append(pad(figure(columns[i]), width(headings().get(i))));
    }
    return text.toString();
  }

  private List<String> headings() {
    List<String> names = new ArrayList<>(contestants.stream().map(Contestant::name).toList());
    for (int i = 1; i < contestants.size(); i++) {
      names.add("/ " + contestants.get(i).name());
    }
    return names;
  }

  private static double[] medians(List<double[]> lines) {
    double[] medians = new double[lines.get(0).length];
    for (int i = 0; i < medians.length; i++) {
      int column = i;
      medians[i] = median(lines.stream().mapToDouble(line -> line[column]).toArray());
    }
    return medians;
  }

  /** The value in the middle, or the mean of the two there. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static int width(String heading) {
    return Math.max(MIN_COLUMN_WIDTH, heading.length());
  }

  private static String pad(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.1f", value);
  }
}
