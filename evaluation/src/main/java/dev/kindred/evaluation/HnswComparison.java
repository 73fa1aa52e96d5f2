package dev.kindred.evaluation;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What an {@link HnswIndex} finds and how quickly, beside exact search of the same rows.
 *
 * <p>{@code recall} is the share of the {@code k} rows that HNSW finds which are at most {@value
 * #TOLERANCE} in cosine below the {@code k}-th nearest: the recall of ANN-Benchmarks (Aumüller et
 * al., <a href="https://arxiv.org/abs/1807.05614">ANN-Benchmarks</a>, 2018, section 3.3), by which
 * a row as near as another is as good.
 *
 * <p>Speed is measured with batches of 1, 2, 4 and so on: of one query at a time HNSW looks at few
 * rows where exact search reads the whole bank; of many at a time exact search reads the bank once
 * for all. Figures of speed are of this machine and moment.
 *
 * @param rows the number of rows that were searched
 * @param k how many neighbours were asked for
 * @param ef how many candidates HNSW kept
 * @param recall the mean over the queries, in {@code [0, 1]}
 * @param speeds at batches of 1, 2, 4 and so on, at least the first
 */
public record HnswComparison(int rows, int k, int ef, double recall, List<Speed> speeds) {
  /** How much lower the cosine of a right neighbour may be, as floats are rounded. */
  public static final double TOLERANCE = 1e-6;

  /** The largest batch that is measured. */
  public static final int LARGEST_BATCH = 1024;

  private static final int ROUNDS = 3;
  private static final double ROUND_SECONDS = 0.1;

  /**
   * How quick both are.
   *
   * @param batch how many queries are asked together
   * @param hnsw queries a second of HNSW, on all processors if there are several
   * @param exact queries a second of exact search
   */
  public record Speed(int batch, double hnsw, double exact) {
    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("batch", batch);
      map.put("hnsw", hnsw);
      map.put("exact", exact);
      return map;
    }
  }

  /**
   * Copies the speeds.
   *
   * @throws IllegalArgumentException if there is none, a count is below 1, or {@code recall} is
   *     outside {@code [0, 1]}
   */
  public HnswComparison {
    speeds = List.copyOf(speeds);
    Require.atLeastOne("rows", rows);
    Require.atLeastOne("k", k);
    Require.atLeastOne("ef", ef);
    Require.share("recall", recall);
    Require.atLeastOne("the number of speeds", speeds.size());
  }

  /**
   * Builds an index of {@code bank} in a folder of its own, by {@link HnswSettings#defaults}, and
   * searches both; deletes it afterwards.
   *
   * @throws KindredException if the folder cannot be written
   * @throws IllegalArgumentException as the other method
   */
  public static HnswComparison of(Embeddings bank, float[][] queries, int k, int ef) {
    Path folder = temporary();
    try {
      HnswIndex.create(folder, bank, HnswSettings.defaults());
      try (HnswIndex index = HnswIndex.open(folder);
          ExactSearch exact = new ExactSearch(bank)) {
        return of(index, exact, queries, k, ef);
      }
    } finally {
      WholeFile.delete(folder);
    }
  }

  /**
   * Searches both; takes some seconds.
   *
   * @param index of the rows of {@code exact}, in their order
   * @param queries one or more; batches are at most as large
   * @param k how many neighbours, {@code >= 1}
   * @param ef how many candidates HNSW keeps, {@code >= k}
   * @throws IllegalArgumentException if there is no query, the two differ in size, a query is of
   *     another width, {@code k < 1}, or {@code ef < k}
   */
  public static HnswComparison of(
      HnswIndex index, ExactSearch exact, float[][] queries, int k, int ef) {
    return of(index, exact, queries, k, ef, ROUND_SECONDS);
  }

  /** The same with another time for each figure. */
  static HnswComparison of(
      HnswIndex index, ExactSearch exact, float[][] queries, int k, int ef, double seconds) {
    Require.atLeastOne("the number of queries", queries.length);
    if (index.size() != exact.size()) {
      throw new IllegalArgumentException(
          "both must search the same rows, but these were %d and %d"
              .formatted(index.size(), exact.size()));
    }
    // Before the speeds, and so a warm-up of both.
    double recall = recall(exact.nearest(queries, k), index.nearest(queries, k, ef));
    List<Speed> speeds = new ArrayList<>();
    for (int batch = 1; batch <= Math.min(queries.length, LARGEST_BATCH); batch *= 2) {
      speeds.add(speed(index, exact, queries, k, ef, batch, seconds));
    }
    return new HnswComparison(index.size(), k, ef, recall, speeds);
  }

  /**
   * The smallest batch that was measured from which on exact search was the quicker at every one;
   * empty if it was not at the largest.
   */
  public OptionalInt exactFrom() {
    int from = speeds.size();
    while (from > 0 && speeds.get(from - 1).exact() > speeds.get(from - 1).hnsw()) {
      from--;
    }
    return from == speeds.size() ? OptionalInt.empty() : OptionalInt.of(speeds.get(from).batch());
  }

  /** How many times as many queries a second HNSW answers as exact search, one at a time. */
  public double speedup() {
    return speeds.get(0).hnsw() / speeds.get(0).exact();
  }

  /**
   * Everything in JSON types: {@code rows}, {@code k}, {@code ef}, {@code recall}, {@code speedup},
   * {@code exact_from} (null if there is none), and {@code queries_per_second}: for each {@code
   * batch} what {@code hnsw} and {@code exact} do.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", rows);
    map.put("k", k);
    map.put("ef", ef);
    map.put("recall", recall);
    map.put("speedup", speedup());
    map.put("exact_from", exactFrom().isPresent() ? exactFrom().getAsInt() : null);
    map.put("queries_per_second", speeds.stream().map(Speed::toMap).toList());
    return map;
  }

  /** To print: the recall times 100, a table of speeds, and when exact search is the quicker. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "HNSW finds %s %% of the %d nearest of %d rows (ef %d)"
            .formatted(SimilarityTable.percent(recall), k, rows, ef));
    lines.add("batch  HNSW queries/s  exact queries/s");
    for (Speed speed : speeds) {
      lines.add(
          String.format(
              Locale.ROOT, "%5d  %14.0f  %15.0f", speed.batch(), speed.hnsw(), speed.exact()));
    }
    lines.add(
        String.format(Locale.ROOT, "one query at a time HNSW is %.1f times as fast", speedup())
            + (exactFrom().isPresent()
                ? "; exact search is the faster from batches of " + exactFrom().getAsInt()
                : "; exact search is never the faster"));
    return lines;
  }

  private static Speed speed(
      HnswIndex index,
      ExactSearch exact,
      float[][] queries,
      int k,
      int ef,
      int batch,
      double seconds) {
    double[] hnsw = new double[ROUNDS];
    double[] full = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) { // in turn, so that the same disturbs both
      hnsw[round] = rate(queries, batch, seconds, some -> index.nearest(some, k, ef));
      full[round] = rate(queries, batch, seconds, some -> exact.nearest(some, k));
    }
    return new Speed(batch, median(hnsw), median(full));
  }

  /** What answers some queries. */
  private interface Searching {
    List<List<Neighbour>> of(float[][] queries);
  }

  private static double rate(float[][] queries, int batch, double seconds, Searching search) {
    int batches = queries.length / batch;
    long started = System.nanoTime();
    long asked = 0;
    double taken;
    do {
      int from = (int) (asked / batch % batches) * batch;
      asked += search.of(Arrays.copyOfRange(queries, from, from + batch)).size();
      taken = (System.nanoTime() - started) * 1e-9;
    } while (taken < seconds);
    return asked / taken;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("kindred-index");
    } catch (IOException e) {
      throw FileErrors.cannotWrite(Path.of(System.getProperty("java.io.tmpdir", "")), e);
    }
  }

  private static double median(double[] odd) {
    Arrays.sort(odd);
    return odd[odd.length / 2];
  }

  private static double recall(List<List<Neighbour>> exact, List<List<Neighbour>> found) {
    return IntStream.range(0, exact.size())
        .mapToDouble(query -> recallOfOne(exact.get(query), found.get(query)))
        .average()
        .orElseThrow();
  }

  private static double recallOfOne(List<Neighbour> exact, List<Neighbour> found) {
    double least = exact.get(exact.size() - 1).similarity() - TOLERANCE;
    return (double) found.stream().filter(one -> one.similarity() >= least).count() / exact.size();
  }
}
