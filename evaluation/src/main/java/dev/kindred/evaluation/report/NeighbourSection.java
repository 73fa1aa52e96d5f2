package dev.kindred.evaluation.report;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.ExactSearch;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.evaluation.report.Gallery.Picture;
import dev.kindred.evaluation.report.Gallery.Strip;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the representation finds alike, in pictures. */
final class NeighbourSection {
  static final int PICTURE_BUDGET = 2_000_000;

  private final Embeddings bank;
  private final Pictures pictures;

  private NeighbourSection(Embeddings bank, Thumbnails thumbnails) {
    this.bank = bank;
    pictures = new Pictures(thumbnails, PICTURE_BUDGET);
  }

  static Section of(Embeddings bank, int[] queries, int k, Thumbnails thumbnails) {
    if (k < 1 || k >= bank.size()) {
      throw new IllegalArgumentException(
          "k must be >= 1 and less than the %d rows, was %d".formatted(bank.size(), k));
    }
    for (int query : queries) {
      if (query < 0 || query >= bank.size()) {
        throw new IllegalArgumentException(
            "queries must be rows in [0, %d), but one is %d".formatted(bank.size(), query));
      }
    }
    return new NeighbourSection(bank, thumbnails).section(queries, k);
  }

  private Section section(int[] queries, int k) {
    List<Strip> strips;
    try (ExactSearch search = new ExactSearch(bank)) {
      strips = Arrays.stream(queries).mapToObj(query -> strip(search, query, k)).toList();
    }
    return Section.of("Nearest neighbours", explanation(strips, k))
        .gallery(new Gallery(strips))
        .data(Map.of("kind", "neighbours", "queries", data(strips)));
  }

  private static List<Map<String, Object>> data(List<Strip> strips) {
    return strips.stream()
        .map(
            strip -> {
              Map<String, Object> data = strip.query().get(0).data();
              data.put("neighbours", strip.pictures().stream().map(Picture::data).toList());
              return data;
            })
        .toList();
  }

  private Strip strip(ExactSearch search, int query, int k) {
    List<Picture> neighbours =
        search.nearest(bank.vectors()[query], k + 1).stream()
            .filter(found -> found.row() != query)
            .limit(k)
            .map(found -> neighbour(query, found))
            .toList();
    return new Strip("", List.of(picture(query, "", "")), neighbours);
  }

  private Picture neighbour(int query, Neighbour neighbour) {
    String similarity = String.format(Locale.ROOT, "%.3f", neighbour.similarity());
    return picture(neighbour.row(), similarity, verdict(query, neighbour.row()));
  }

  private Picture picture(int row, String similarity, String verdict) {
    String id = bank.ids().get(row);
    return new Picture(id, pictures.of(id), Labels.name(bank, row), similarity, verdict);
  }

  private String verdict(int query, int row) {
    int wanted = bank.labels()[query];
    int found = bank.labels()[row];
    if (wanted == Dataset.NO_LABEL || found == Dataset.NO_LABEL) {
      return "";
    }
    return wanted == found ? "right" : "wrong";
  }

  private static String explanation(List<Strip> strips, int k) {
    if (strips.isEmpty()) {
      return "No query was given, so there are no neighbours to show.";
    }
    return "Each row shows a query, then the %d examples whose representations are most like its own, best first, with their cosine similarity (1 is the same direction)."
            .formatted(k)
        + verdicts(strips);
  }

  private static String verdicts(List<Strip> strips) {
    List<String> verdicts =
        strips.stream()
            .flatMap(strip -> strip.pictures().stream())
            .map(Picture::verdict)
            .filter(verdict -> !verdict.isEmpty())
            .toList();
    long right = verdicts.stream().filter("right"::equals).count();
    return verdicts.isEmpty()
        ? ""
        : " ✓ marks a neighbour of the query's class, ✗ one of another: %d of %d are right."
            .formatted(right, verdicts.size());
  }
}
