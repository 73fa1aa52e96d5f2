package dev.kindred.evaluation.report;

import dev.kindred.embedding.Embeddings;
import dev.kindred.embedding.UnitVectors;
import dev.kindred.evaluation.report.Chart.Cloud;
import dev.kindred.evaluation.report.Chart.Layout;
import dev.kindred.evaluation.report.Chart.Scatter;
import dev.kindred.runtime.Require;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The representations in the plane, in one way or several. */
final class MapSection {
  /** Pictures on the map stop here, so that the report stays small enough to send around. */
  static final int PICTURE_BUDGET = 4_000_000;

  /** Of the rows that are drawn, and of what t-SNE needs of chance. */
  private static final long SEED = 0;

  private final Embeddings embeddings;
  private final List<Integer> rows;
  private final Pictures pictures;
  private final List<Plane> planes = new ArrayList<>();

  private MapSection(Embeddings embeddings, List<Integer> rows, Thumbnails thumbnails) {
    this.embeddings = embeddings;
    this.rows = rows;
    pictures = new Pictures(thumbnails, PICTURE_BUDGET);
  }

  /** A way to lay the rows out, and what report.json says of it beside the points. */
  private record Plane(
      String key, Layout layout, List<float[]> points, Map<String, Object> settings) {
    Map<String, Object> data() {
      Map<String, Object> data = new LinkedHashMap<>(settings);
      data.put("points", points);
      return data;
    }
  }

  static Section of(
      Embeddings embeddings, Thumbnails thumbnails, int maxPoints, Set<Projection> projections) {
    Require.atLeastOne("maxPoints", maxPoints);
    Require.that(!projections.isEmpty(), "projections", "at least one", "none");
    List<Integer> rows = drawn(embeddings.size(), maxPoints);
    return new MapSection(embeddings, rows, thumbnails).section(projections);
  }

  /**
   * Rows in an order of chance, the same at every call, so that any first few are a fair sample.
   */
  private static List<Integer> drawn(int size, int maxPoints) {
    List<Integer> rows = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(rows, new Random(SEED));
    return rows.subList(0, Math.min(size, maxPoints));
  }

  private Section section(Set<Projection> projections) {
    float[][] vectors = rows.stream().map(row -> embeddings.vectors()[row]).toArray(float[][]::new);
    PrincipalComponents components = PrincipalComponents.of(vectors);
    if (projections.contains(Projection.PRINCIPAL_COMPONENTS)) {
      planes.add(plane(components));
    }
    if (projections.contains(Projection.TSNE)) {
      float[][] units = Arrays.stream(vectors).map(UnitVectors::of).toArray(float[][]::new);
      planes.add(plane(Tsne.of(units, components.points(), SEED)));
    }
    Scatter scatter = new Scatter(planes.stream().map(Plane::layout).toList(), clouds());
    return Section.of("Map", explanation())
        .charts(List.of(Chart.scatter(note(), scatter)))
        .data(data());
  }

  private static Plane plane(PrincipalComponents components) {
    String note =
        "Principal components: the plane in which the representations vary most. Points close"
            + " together are alike in these two directions; the other directions are not seen"
            + " here, so classes that overlap here may still lie apart.";
    Layout layout = new Layout("PCA", note, axis(1, components), axis(2, components));
    Map<String, Object> settings = Map.of("variance_shares", components.shares());
    return new Plane("pca", layout, components.points(), settings);
  }

  private static Plane plane(Tsne tsne) {
    String note =
        String.format(
            Locale.ROOT,
            "t-SNE of the directions of the representations: it keeps neighbours together."
                + " Distances between groups mean nothing, nor do the sizes of groups or the axes."
                + " Perplexity %s, seed %d, %d iterations, KL divergence %.4f.",
            new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(tsne.perplexity()),
            tsne.seed(),
            Tsne.ITERATIONS,
            tsne.divergence());
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("perplexity", tsne.perplexity());
    settings.put("seed", tsne.seed());
    settings.put("iterations", Tsne.ITERATIONS);
    settings.put("kl_divergence", tsne.divergence());
    return new Plane("tsne", new Layout("t-SNE", note, "", ""), tsne.points(), settings);
  }

  /** One cloud a class, in the order of the labels; without labels one for all. */
  private List<Cloud> clouds() {
    TreeMap<Integer, Cloud> byLabel = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      int row = rows.get(i);
      Cloud cloud = byLabel.computeIfAbsent(embeddings.labels()[row], label -> empty(row));
      for (int plane = 0; plane < planes.size(); plane++) {
        cloud.points().get(plane).add(planes.get(plane).points().get(i));
      }
      cloud.ids().add(embeddings.ids().get(row));
      cloud.pictures().add(pictures.of(embeddings.ids().get(row)));
    }
    return List.copyOf(byLabel.values());
  }

  private Cloud empty(int row) {
    List<List<float[]>> points = new ArrayList<>();
    planes.forEach(plane -> points.add(new ArrayList<>()));
    return new Cloud(Labels.name(embeddings, row), points, new ArrayList<>(), new ArrayList<>());
  }

  private Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "map");
    data.put("ids", rows.stream().map(embeddings.ids()::get).toList());
    data.put("labels", rows.stream().map(row -> Labels.name(embeddings, row)).toList());
    planes.forEach(plane -> data.put(plane.key(), plane.data()));
    return data;
  }

  private static String axis(int number, PrincipalComponents plane) {
    return String.format(
        Locale.ROOT,
        "component %d (%.1f %% of the variance)",
        number,
        100 * plane.shares().get(number - 1));
  }

  private String explanation() {
    int drawn = rows.size();
    String sample =
        drawn == embeddings.size()
            ? "All %d examples".formatted(drawn)
            : "%d of %d examples, drawn at random,".formatted(drawn, embeddings.size());
    return sample + " by their representations, in the plane.";
  }

  private String note() {
    String hover = "Point at or tap a dot to see which example it is.";
    int given = pictures.given();
    return given == 0 || given == rows.size()
        ? hover
        : hover + " %d of the %d have a picture.".formatted(given, rows.size());
  }
}
