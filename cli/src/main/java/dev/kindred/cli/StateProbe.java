package dev.kindred.cli;

import dev.kindred.embedding.Embedder;
import dev.kindred.evaluation.RegressionProbe;
import dev.kindred.evaluation.RegressionScores;
import dev.kindred.evaluation.ValuedRows;
import dev.kindred.rl.ObservationEncoder;
import dev.kindred.rl.data.Clip;
import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recording;
import dev.kindred.runtime.KindredException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much of a world's true state can be read off what encoders make of it.
 *
 * @param names the variables that are probed
 * @param columns the scores of each encoder, by what it is
 */
record StateProbe(List<String> names, Map<String, RegressionScores> columns) {
  private static final String TRAINED = "trained";
  private static final String UNTRAINED = "untrained";
  private static final String PIXELS = "pixels";

  /**
   * Probes a trained encoder, the same network untrained, and the pixels themselves through a
   * random projection to as many numbers.
   *
   * @param folder the encoder's
   * @param seed what the other two derive from
   * @param names the variables; all if empty
   */
  static StateProbe of(
      Path folder, long seed, Recording train, Recording test, List<String> names) {
    List<String> probed = names.isEmpty() ? train.variables() : names;
    Map<String, RegressionScores> columns = new LinkedHashMap<>();
    try (ObservationEncoder trained = ObservationEncoder.load(folder);
        Embedder<Clip> untrained = ObservationEncoder.untrained(folder, seed);
        Embedder<Clip> pixels = ObservationEncoder.projection(folder, seed);
        Clips learned = ObservationModel.clips(train, trained);
        Clips asked = ObservationModel.clips(test, trained)) {
      columns.put(TRAINED, scores(trained, train, learned, test, asked, probed));
      columns.put(UNTRAINED, scores(untrained, train, learned, test, asked, probed));
      columns.put(PIXELS, scores(pixels, train, learned, test, asked, probed));
    }
    return new StateProbe(probed, columns);
  }

  private static RegressionScores scores(
      Embedder<Clip> encoder,
      Recording train,
      Clips learned,
      Recording test,
      Clips asked,
      List<String> names) {
    return RegressionProbe.defaults()
        .evaluate(
            new ValuedRows(encoder.embed(learned).vectors(), names, values(train, learned, names)),
            new ValuedRows(encoder.embed(asked).vectors(), names, values(test, asked, names)));
  }

  private static float[][] values(Recording recording, Clips clips, List<String> names) {
    int[] columns = names.stream().mapToInt(name -> column(recording, name)).toArray();
    float[][] values = new float[clips.size()][columns.length];
    for (int i = 0; i < values.length; i++) {
      float[] all = recording.variables(clips.frame(i));
      for (int j = 0; j < columns.length; j++) {
        values[i][j] = all[columns[j]];
      }
    }
    return values;
  }

  private static int column(Recording recording, String name) {
    int column = recording.variables().indexOf(name);
    if (column < 0) {
      throw new KindredException(
          "%s: a variable must be one of %s, was %s"
              .formatted(recording.path(), recording.variables(), name));
    }
    return column;
  }

  /** The share of what the untrained encoder misses that the trained one does not. */
  double gapClosed() {
    double untrained = mean(UNTRAINED);
    return (mean(TRAINED) - untrained) / (1 - untrained);
  }

  private double mean(String column) {
    return scores(column).mean();
  }

  private RegressionScores scores(String column) {
    RegressionScores scores = columns.get(column);
    if (scores == null) {
      throw new IllegalArgumentException("no column " + column);
    }
    return scores;
  }

  /** A table, a line for each variable, and the means. */
  List<String> lines() {
    int width = Math.max(8, names.stream().mapToInt(String::length).max().orElse(0));
    List<String> lines = new ArrayList<>();
    lines.add(row(width, "R2", columns.keySet().stream().map("%10s"::formatted).toList()));
    for (String name : names) {
      lines.add(row(width, name, columns.values().stream().map(s -> number(s.of(name))).toList()));
    }
    lines.add(row(width, "mean", columns.values().stream().map(s -> number(s.mean())).toList()));
    lines.add(
        String.format(
            Locale.ROOT, "closes %.1f %% of the gap from untrained to 1", 100 * gapClosed()));
    return lines;
  }

  private static String row(int width, String name, List<String> cells) {
    return String.format(Locale.ROOT, "%-" + width + "s", name) + String.join("", cells);
  }

  private static String number(double score) {
    return Double.isNaN(score)
        ? "%10s".formatted("-")
        : String.format(Locale.ROOT, "%10.4f", score);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    columns.forEach(
        (column, scores) -> {
          Map<String, Object> r2 = new LinkedHashMap<>();
          scores.r2().forEach((name, score) -> r2.put(name, finite(score)));
          r2.put("mean", finite(scores.mean()));
          map.put(column, r2);
        });
    map.put("gap_closed", finite(gapClosed()));
    return map;
  }

  private static Object finite(double score) {
    return Double.isNaN(score) ? "constant" : score;
  }
}
