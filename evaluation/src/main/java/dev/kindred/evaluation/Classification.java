package dev.kindred.evaluation;

import dev.kindred.runtime.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How examples were classified, one by one. Immutable by convention: the arrays are not copied, and
 * nobody writes to them.
 *
 * @param classNames the names of the classes
 * @param ids the examples
 * @param truth each example's class, as an index into {@code classNames}
 * @param ranked the classes that each example was taken for, likewise, the most likely first: at
 *     least one, and {@value #TOP} or all of them if {@link #top5Accuracy} is to be known
 */
public record Classification(
    List<String> classNames, List<String> ids, int[] truth, int[][] ranked) {
  /** How many classes are ranked at most. */
  public static final int TOP = 5;

  /**
   * How well the examples of one class were classified.
   *
   * @param name the class
   * @param accuracy the share of its examples that were taken for it (its recall), in {@code [0,
   *     1]}
   * @param precision the share of the examples taken for it that are of it, in {@code [0, 1]}; 0 if
   *     none was taken for it
   * @param f1 see {@link Classification#f1}
   * @param count the number of its examples, at least 1
   */
  public record ClassAccuracy(
      String name, double accuracy, double precision, double f1, int count) {}

  /**
   * Examples of one class that were taken for another.
   *
   * @param truth what they are, as an index into the class names
   * @param predicted what they were taken for
   * @param rows their places among the examples, at least one
   */
  public record Confusion(int truth, int predicted, List<Integer> rows) {}

  /**
   * Checks that the parts fit each other.
   *
   * @throws IllegalArgumentException if there is no example, the numbers of ids, classes and
   *     rankings differ, or one is not an index into {@code classNames}
   */
  public Classification {
    classNames = List.copyOf(classNames);
    ids = List.copyOf(ids);
    if (ids.isEmpty() || truth.length != ids.size() || ranked.length != ids.size()) {
      throw new IllegalArgumentException(
          "ids, truth and ranked must be equally many and not none, were %d, %d and %d"
              .formatted(ids.size(), truth.length, ranked.length));
    }
    for (int i = 0; i < truth.length; i++) {
      requireClasses(ids.get(i), truth[i], ranked[i], classNames.size());
    }
  }

  private static void requireClasses(String id, int truth, int[] ranked, int classes) {
    boolean known =
        truth >= 0
            && truth < classes
            && Arrays.stream(ranked).allMatch(one -> one >= 0 && one < classes);
    if (!known || ranked.length == 0) {
      throw new IllegalArgumentException(
          "%s: classes must be one or more of 0 to %d, were %d and %s"
              .formatted(id, classes - 1, truth, Arrays.toString(ranked)));
    }
  }

  /** The number of examples. */
  public int count() {
    return truth.length;
  }

  /** What each example was taken for. */
  public int[] predicted() {
    return Arrays.stream(ranked).mapToInt(classes -> classes[0]).toArray();
  }

  /** How many examples of a class were taken for which, {@code [true class][predicted class]}. */
  public int[][] confusion() {
    return confusion(all());
  }

  private int[][] confusion(int[] rows) {
    int[][] confusion = new int[classNames.size()][classNames.size()];
    for (int row : rows) {
      confusion[truth[row]][ranked[row][0]]++;
    }
    return confusion;
  }

  private int[] all() {
    return IntStream.range(0, count()).toArray();
  }

  /** The pairs of classes that were mistaken, those with the most examples first. */
  public List<Confusion> confusions() {
    Map<List<Integer>, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < truth.length; row++) {
      if (truth[row] != ranked[row][0]) {
        rows.computeIfAbsent(List.of(truth[row], ranked[row][0]), pair -> new ArrayList<>())
            .add(row);
      }
    }
    return rows.entrySet().stream()
        .map(pair -> new Confusion(pair.getKey().get(0), pair.getKey().get(1), pair.getValue()))
        .sorted(
            Comparator.comparingInt((Confusion one) -> -one.rows().size())
                .thenComparingInt(Confusion::truth)
                .thenComparingInt(Confusion::predicted))
        .toList();
  }

  /** The share of examples that were classified rightly, in {@code [0, 1]}. */
  public double accuracy() {
    return topAccuracy(all(), 1);
  }

  /**
   * The share of examples whose class is among the {@value #TOP} most likely, in {@code [0, 1]}.
   *
   * @throws IllegalStateException if not so many were ranked
   */
  public double top5Accuracy() {
    int wanted = Math.min(TOP, classNames.size());
    if (Arrays.stream(ranked).anyMatch(classes -> classes.length < wanted)) {
      throw new IllegalStateException(
          "top-5 accuracy needs %d classes ranked for every example".formatted(wanted));
    }
    return topAccuracy(all(), TOP);
  }

  private double topAccuracy(int[] rows, int depth) {
    int found = 0;
    for (int row : rows) {
      found += isAmong(truth[row], ranked[row], depth) ? 1 : 0;
    }
    return (double) found / rows.length;
  }

  private static boolean isAmong(int wanted, int[] classes, int depth) {
    for (int i = 0; i < Math.min(depth, classes.length); i++) {
      if (classes[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /** How well each class was classified; classes without an example are left out. */
  public List<ClassAccuracy> perClass() {
    int[][] confusion = confusion();
    List<ClassAccuracy> result = new ArrayList<>();
    for (int i = 0; i < confusion.length; i++) {
      int count = Arrays.stream(confusion[i]).sum();
      if (count > 0) {
        int right = confusion[i][i];
        int taken = taken(confusion, i);
        result.add(
            new ClassAccuracy(
                classNames.get(i),
                (double) right / count,
                taken == 0 ? 0 : (double) right / taken,
                f1(confusion, i),
                count));
      }
    }
    return result;
  }

  /** The mean accuracy of {@link #perClass}, every class counting alike however rare. */
  public double macroAccuracy() {
    return macroAccuracy(confusion());
  }

  private static double macroAccuracy(int[][] confusion) {
    return IntStream.range(0, confusion.length)
        .filter(i -> Arrays.stream(confusion[i]).sum() > 0)
        .mapToDouble(i -> (double) confusion[i][i] / Arrays.stream(confusion[i]).sum())
        .average()
        .orElseThrow();
  }

  /**
   * The mean {@link #f1} of the classes that have an example or were predicted, which are those
   * that scikit-learn's {@code f1_score(average="macro")} averages over.
   */
  public double macroF1() {
    return macroF1(confusion());
  }

  private static double macroF1(int[][] confusion) {
    return IntStream.range(0, confusion.length)
        .filter(i -> Arrays.stream(confusion[i]).sum() + taken(confusion, i) > 0)
        .mapToDouble(i -> f1(confusion, i))
        .average()
        .orElseThrow();
  }

  /**
   * The F1 score of one class: {@code 2 tp / (2 tp + fp + fn)}, the harmonic mean of how many of
   * those taken for it are of it, and how many of it were taken for it. It is 0 where no example is
   * of the class or taken for it.
   *
   * @param className the class that counts as positive, such as {@code 1}
   * @return in {@code [0, 1]}
   * @throws IllegalArgumentException if there is no such class
   */
  public double f1(String className) {
    int positive = classNames.indexOf(className);
    if (positive < 0) {
      throw new IllegalArgumentException(Names.unknown("class", className, classNames));
    }
    return f1(confusion(), positive);
  }

  private static double f1(int[][] confusion, int positive) {
    int both = Arrays.stream(confusion[positive]).sum() + taken(confusion, positive);
    return both == 0 ? 0 : 2.0 * confusion[positive][positive] / both;
  }

  private static int taken(int[][] confusion, int predicted) {
    return Arrays.stream(confusion).mapToInt(row -> row[predicted]).sum();
  }

  /**
   * The numbers that say it all, by name: {@code accuracy}; {@code top5_accuracy} if there are more
   * than {@value #TOP} classes and so many are ranked; {@code macro_accuracy}; {@code macro_f1}.
   */
  public Map<String, Double> metrics() {
    return metrics(all());
  }

  /** Of some examples, each as often as it is among {@code rows}. */
  private Map<String, Double> metrics(int[] rows) {
    int[][] confusion = confusion(rows);
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", topAccuracy(rows, 1));
    if (classNames.size() > TOP && Arrays.stream(rows).allMatch(row -> ranked[row].length >= TOP)) {
      metrics.put("top5_accuracy", topAccuracy(rows, TOP));
    }
    metrics.put("macro_accuracy", macroAccuracy(confusion));
    metrics.put("macro_f1", macroF1(confusion));
    return metrics;
  }

  /** How far {@link #metrics} may be off because the test examples are these and not others. */
  public Map<String, Interval> intervals(Bootstrap bootstrap) {
    return bootstrap.intervals(count(), this::metrics);
  }

  /** How far {@link #accuracy} may be off, of {@link #intervals} by {@link Bootstrap#defaults}. */
  public Interval accuracyInterval() {
    return Objects.requireNonNull(
        Bootstrap.defaults()
            .intervals(count(), rows -> Map.of("accuracy", topAccuracy(rows, 1)))
            .get("accuracy"));
  }

  /** The examples of this and of {@code other}, which is over the same classes, together. */
  Classification plus(Classification other) {
    return new Classification(
        classNames,
        Stream.concat(ids.stream(), other.ids.stream()).toList(),
        IntStream.concat(Arrays.stream(truth), Arrays.stream(other.truth)).toArray(),
        Stream.concat(Arrays.stream(ranked), Arrays.stream(other.ranked)).toArray(int[][]::new));
  }

  /**
   * Everything in JSON types: {@link #metrics}, and for each {@code NAME_interval}, its {@linkplain
   * Bootstrap#defaults bootstrap interval} of 95 %; {@code count}, {@code per_class} (from name to
   * {@code accuracy}, {@code precision}, {@code f1} and {@code count}), {@code classes}, {@code
   * confusion} (a row for each true class, in the order of {@code classes}).
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(metrics());
    intervals(Bootstrap.defaults())
        .forEach((name, interval) -> map.put(name + "_interval", interval.toList()));
    map.put("count", count());
    map.put("per_class", perClassMap());
    map.put("classes", classNames);
    map.put("confusion", Arrays.stream(confusion()).map(Classification::boxed).toList());
    return map;
  }

  private Map<String, Object> perClassMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (ClassAccuracy one : perClass()) {
      map.put(
          one.name(),
          Map.of(
              "accuracy", one.accuracy(),
              "precision", one.precision(),
              "f1", one.f1(),
              "count", one.count()));
    }
    return map;
  }

  private static List<Integer> boxed(int[] row) {
    return Arrays.stream(row).boxed().toList();
  }
}
