package dev.kindred.evaluation;

import dev.kindred.runtime.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well examples were classified. Immutable by convention: the counts are not copied, and nobody
 * writes to them.
 *
 * @param classNames the names of the classes
 * @param confusion how many examples of a class were taken for which, {@code [true class][predicted
 *     class]}
 */
public record Classification(List<String> classNames, int[][] confusion) {

  /**
   * How well the examples of one class were classified.
   *
   * @param name the class
   * @param accuracy the share of its examples that were taken for it, in {@code [0, 1]}
   * @param count the number of its examples, at least 1
   */
  public record ClassAccuracy(String name, double accuracy, int count) {}

  /**
   * Checks that the parts fit each other.
   *
   * @throws IllegalArgumentException if {@code confusion} is not a square as wide as there are
   *     classes, holds a negative count, or holds no example
   */
  public Classification {
    classNames = List.copyOf(classNames);
    int classes = classNames.size();
    if (confusion.length != classes
        || Arrays.stream(confusion).anyMatch(row -> row.length != classes)) {
      throw new IllegalArgumentException(
          "confusion must be [%1$d, %1$d] like the class names".formatted(classes));
    }
    if (Arrays.stream(confusion).flatMapToInt(Arrays::stream).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("confusion must hold counts >= 0");
    }
    if (sum(confusion) == 0) {
      throw new IllegalArgumentException("confusion must count at least one example, was all 0");
    }
  }

  /** Counts predictions, both given as indices into {@code classNames}. */
  static Classification of(List<String> classNames, int[] truth, int[] predicted) {
    int[][] confusion = new int[classNames.size()][classNames.size()];
    for (int i = 0; i < truth.length; i++) {
      confusion[truth[i]][predicted[i]]++;
    }
    return new Classification(classNames, confusion);
  }

  /** The number of examples. */
  public long count() {
    return sum(confusion);
  }

  /** The share of examples that were classified rightly, in {@code [0, 1]}. */
  public double accuracy() {
    long right = 0;
    for (int i = 0; i < confusion.length; i++) {
      right += confusion[i][i];
    }
    return (double) right / count();
  }

  /** Each class's own accuracy; classes without an example are left out. */
  public List<ClassAccuracy> perClass() {
    List<ClassAccuracy> result = new ArrayList<>();
    for (int i = 0; i < confusion.length; i++) {
      int count = Arrays.stream(confusion[i]).sum();
      if (count > 0) {
        double accuracy = (double) confusion[i][i] / count;
        result.add(new ClassAccuracy(classNames.get(i), accuracy, count));
      }
    }
    return result;
  }

  /** The mean of {@link #perClass}, every class counting alike however rare. */
  public double macroAccuracy() {
    return perClass().stream().mapToDouble(ClassAccuracy::accuracy).average().orElseThrow();
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
    long of = Arrays.stream(confusion[positive]).asLongStream().sum();
    long taken = Arrays.stream(confusion).mapToLong(row -> row[positive]).sum();
    return of + taken == 0 ? 0 : 2.0 * confusion[positive][positive] / (of + taken);
  }

  /** The counts of this and of {@code other}, which is over the same classes, together. */
  Classification plus(Classification other) {
    int[][] sum = Arrays.stream(confusion).map(int[]::clone).toArray(int[][]::new);
    for (int i = 0; i < sum.length; i++) {
      for (int j = 0; j < sum.length; j++) {
        sum[i][j] += other.confusion[i][j];
      }
    }
    return new Classification(classNames, sum);
  }

  /**
   * Everything in JSON types: {@code accuracy}, {@code macro_accuracy}, {@code count}, {@code
   * per_class} (from name to {@code accuracy} and {@code count}), {@code classes}, {@code
   * confusion} (a row for each true class, in the order of {@code classes}).
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("accuracy", accuracy());
    map.put("macro_accuracy", macroAccuracy());
    map.put("count", count());
    map.put("per_class", perClassMap());
    map.put("classes", classNames);
    map.put("confusion", Arrays.stream(confusion).map(Classification::boxed).toList());
    return map;
  }

  private Map<String, Object> perClassMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (ClassAccuracy one : perClass()) {
      map.put(one.name(), Map.of("accuracy", one.accuracy(), "count", one.count()));
    }
    return map;
  }

  private static List<Integer> boxed(int[] row) {
    return Arrays.stream(row).boxed().toList();
  }

  private static long sum(int[][] counts) {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).asLongStream().sum();
  }
}
