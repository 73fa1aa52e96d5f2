package dev.kindred.evaluation.report;

import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.report.Chart.Cloud;
import dev.kindred.evaluation.report.Chart.Scatter;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The representations in the plane, by principal components. */
final class MapSection {
  /** Pictures on the map stop here, so that the report stays small enough to send around. */
  static final int PICTURE_BUDGET = 2_500_000;

  private final Embeddings embeddings;
  private final Thumbnails thumbnails;
  private int budget = PICTURE_BUDGET;
  private int pictured;

  private MapSection(Embeddings embeddings, Thumbnails thumbnails) {
    this.embeddings = embeddings;
    this.thumbnails = thumbnails;
  }

  static Section of(Embeddings embeddings, Thumbnails thumbnails, int maxPoints) {
    Require.atLeastOne("maxPoints", maxPoints);
    return new MapSection(embeddings, thumbnails).section(drawn(embeddings.size(), maxPoints));
  }

  /**
   * Rows in an order of chance, the same at every call, so that any first few are a fair sample.
   */
  private static List<Integer> drawn(int size, int maxPoints) {
    List<Integer> rows = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(rows, new Random(0));
    return rows.subList(0, Math.min(size, maxPoints));
  }

  private Section section(List<Integer> rows) {
    float[][] vectors = rows.stream().map(row -> embeddings.vectors()[row]).toArray(float[][]::new);
    PrincipalComponents plane = PrincipalComponents.of(vectors);
    List<Cloud> clouds = clouds(rows, plane.points());
    Scatter scatter = new Scatter(axis(1, plane), axis(2, plane), clouds);
    return Section.of("Map", explanation(rows.size()))
        .charts(List.of(Chart.scatter(note(rows.size()), scatter)));
  }

  /** One cloud a class, in the order of the labels; without labels one for all. */
  private List<Cloud> clouds(List<Integer> rows, List<float[]> points) {
    TreeMap<Integer, Cloud> byLabel = new TreeMap<>(Comparator.naturalOrder());
    for (int i = 0; i < points.size(); i++) {
      int row = rows.get(i);
      Cloud cloud = byLabel.computeIfAbsent(embeddings.labels()[row], label -> empty(row));
      cloud.points().add(points.get(i));
      cloud.ids().add(embeddings.ids().get(row));
      cloud.pictures().add(picture(embeddings.ids().get(row)));
    }
    return List.copyOf(byLabel.values());
  }

  private Cloud empty(int row) {
    return new Cloud(
        Labels.name(embeddings, row), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  private String picture(String id) {
    String uri = budget > 0 ? DataUri.of(id, thumbnails) : "";
    budget -= uri.length();
    pictured += uri.isEmpty() ? 0 : 1;
    return uri;
  }

  private static String axis(int number, PrincipalComponents plane) {
    return String.format(
        Locale.ROOT,
        "component %d (%.1f %% of the variance)",
        number,
        100 * plane.shares().get(number - 1));
  }

  private String explanation(int drawn) {
    String sample =
        drawn == embeddings.size()
            ? "All %d examples".formatted(drawn)
            : "%d of %d examples, drawn at random,".formatted(drawn, embeddings.size());
    return sample
        + " in the plane in which their representations vary most (principal components)."
        + " Points close together are alike in these two directions; the other directions are not"
        + " seen here, so classes that overlap here may still lie apart.";
  }

  private String note(int drawn) {
    String hover = "Point at or tap a dot to see which example it is.";
    return pictured == 0 || pictured == drawn
        ? hover
        : hover + " %d of the %d have a picture.".formatted(pictured, drawn);
  }
}
