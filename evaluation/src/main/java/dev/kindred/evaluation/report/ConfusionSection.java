package dev.kindred.evaluation.report;

import dev.kindred.evaluation.report.Gallery.Picture;
import dev.kindred.evaluation.report.Gallery.Strip;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Which class was taken for which: all of it as a matrix, the worst of it with its pictures. */
final class ConfusionSection {
  /** More classes than these do not fit a screen, however it is scrolled. */
  static final int SHOWN_CLASSES = 30;

  static final int WORST_PAIRS = 8;
  static final int PICTURES_OF_A_PAIR = 6;
  static final int PICTURE_BUDGET = 1_000_000;

  private final List<String> classNames;
  private final int[] truth;
  private final int[] predicted;
  private final List<String> ids;
  private final int[][] counts;
  private final int[] sizes;

  private ConfusionSection(
      List<String> classNames, int[] truth, int[] predicted, List<String> ids) {
    this.classNames = List.copyOf(classNames);
    this.truth = truth;
    this.predicted = predicted;
    this.ids = List.copyOf(ids);
    counts = new int[classNames.size()][classNames.size()];
    for (int i = 0; i < truth.length; i++) {
      counts[truth[i]][predicted[i]]++;
    }
    sizes = Arrays.stream(counts).mapToInt(row -> Arrays.stream(row).sum()).toArray();
  }

  /** A true class, and another that examples of it were taken for. */
  private record Pair(int truth, int predicted) {}

  static Section of(
      List<String> classNames,
      int[] truth,
      int[] predicted,
      List<String> ids,
      Thumbnails thumbnails) {
    if (truth.length != ids.size() || predicted.length != ids.size()) {
      throw new IllegalArgumentException(
          "truth, predicted and ids must be equally many, were %d, %d and %d"
              .formatted(truth.length, predicted.length, ids.size()));
    }
    requireClasses("truth", truth, classNames.size());
    requireClasses("predicted", predicted, classNames.size());
    return new ConfusionSection(classNames, truth, predicted, ids)
        .section(new Pictures(thumbnails, PICTURE_BUDGET));
  }

  private static void requireClasses(String name, int[] labels, int classes) {
    for (int label : labels) {
      Require.that(
          label >= 0 && label < classes, name, "classes in [0, %d)".formatted(classes), label);
    }
  }

  private Section section(Pictures pictures) {
    if (ids.isEmpty()) {
      return Section.of("Confusions", "Nothing was classified, so nothing was confused.")
          .data(data(List.of()));
    }
    List<Pair> worst = pairs().subList(0, Math.min(WORST_PAIRS, pairs().size()));
    return Section.of("Confusions", explanation(worst))
        .matrix(matrix(shown()))
        .gallery(new Gallery(worst.stream().map(pair -> strip(pair, pictures)).toList()))
        .data(data(worst));
  }

  /** Those that occur, most examples first. */
  private List<Pair> pairs() {
    Comparator<Pair> fewest = Comparator.comparingInt(this::count);
    return IntStream.range(0, classNames.size())
        .boxed()
        .flatMap(
            from ->
                IntStream.range(0, classNames.size())
                    .filter(to -> to != from && counts[from][to] > 0)
                    .mapToObj(to -> new Pair(from, to)))
        .sorted(fewest.reversed())
        .toList();
  }

  private int count(Pair pair) {
    return counts[pair.truth][pair.predicted];
  }

  /** All classes, or of many those with the most mistakes. */
  private List<Integer> shown() {
    Comparator<Integer> fewest = Comparator.comparingInt(name -> sizes[name] - counts[name][name]);
    return IntStream.range(0, classNames.size())
        .boxed()
        .sorted(fewest.reversed())
        .limit(SHOWN_CLASSES)
        .sorted()
        .toList();
  }

  private Matrix matrix(List<Integer> shown) {
    List<String> columns = new ArrayList<>(shown.stream().map(classNames::get).toList());
    if (shown.size() < classNames.size()) {
      columns.add("others");
    }
    return new Matrix(columns, shown.stream().map(row -> row(row, shown)).toList());
  }

  private Matrix.Row row(int row, List<Integer> shown) {
    List<Matrix.Cell> cells = new ArrayList<>();
    shown.forEach(column -> cells.add(cell(row, counts[row][column], row == column)));
    if (shown.size() < classNames.size()) {
      int inside = shown.stream().mapToInt(column -> counts[row][column]).sum();
      cells.add(cell(row, sizes[row] - inside, false));
    }
    return new Matrix.Row(classNames.get(row), cells);
  }

  private Matrix.Cell cell(int row, int count, boolean right) {
    String verdict = count == 0 ? "none" : right ? "right" : "wrong";
    double share = (double) count / Math.max(1, sizes[row]);
    return new Matrix.Cell(count, verdict, String.format(Locale.ROOT, "%.3f", share));
  }

  private Strip strip(Pair pair, Pictures pictures) {
    String title =
        String.format(
            Locale.ROOT,
            "%s taken for %s: %d of %d (%.1f %%)",
            classNames.get(pair.truth),
            classNames.get(pair.predicted),
            count(pair),
            sizes[pair.truth],
            100.0 * count(pair) / sizes[pair.truth]);
    List<Picture> shown =
        ids(pair).stream()
            .limit(PICTURES_OF_A_PAIR)
            .map(id -> new Picture(id, pictures.of(id), "", "", ""))
            .toList();
    return new Strip(title, List.of(), shown);
  }

  private List<String> ids(Pair pair) {
    return IntStream.range(0, ids.size())
        .filter(i -> truth[i] == pair.truth && predicted[i] == pair.predicted)
        .mapToObj(ids::get)
        .toList();
  }

  private String explanation(List<Pair> worst) {
    long wrong = IntStream.range(0, ids.size()).filter(i -> truth[i] != predicted[i]).count();
    String all =
        "A row is a true class, a column what its examples were taken for; the stronger the"
            + " colour, the larger the share of the row. %d of %d examples are off the diagonal."
                .formatted(wrong, ids.size());
    String cut =
        classNames.size() <= SHOWN_CLASSES
            ? ""
            : " Shown are the %d of %d classes with the most mistakes."
                .formatted(SHOWN_CLASSES, classNames.size());
    return worst.isEmpty()
        ? all + cut
        : all + cut + " Below are the most frequent confusions, with some of their examples.";
  }

  private Map<String, Object> data(List<Pair> worst) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "confusions");
    data.put("classes", classNames);
    data.put("confusion", List.of(counts));
    data.put("worst", worst.stream().map(this::data).toList());
    return data;
  }

  private Map<String, Object> data(Pair pair) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("truth", classNames.get(pair.truth));
    data.put("predicted", classNames.get(pair.predicted));
    data.put("count", count(pair));
    data.put("of", sizes[pair.truth]);
    data.put("ids", ids(pair).stream().limit(PICTURES_OF_A_PAIR).toList());
    return data;
  }
}
