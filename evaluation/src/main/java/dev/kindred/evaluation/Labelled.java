package dev.kindred.evaluation;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The classes of rows of which each has one.
 *
 * @param role what the rows are to the evaluation, such as {@code bank}
 * @param classOf each row's class by name
 * @param classes the names that occur, in the order of their labels
 */
record Labelled(String role, List<String> classOf, List<String> classes) {

  /**
   * The rows of {@code embeddings}.
   *
   * @throws KindredException if one has no label, or a label without a class name
   */
  static Labelled of(String role, Embeddings embeddings) {
    return of(role, embeddings.ids()::get, embeddings.labels(), embeddings.classNames());
  }

  /**
   * The examples of {@code dataset}.
   *
   * @throws KindredException if one has no label, or a label without a class name
   */
  static Labelled of(String role, Dataset<?> dataset) {
    int[] labels = IntStream.range(0, dataset.size()).map(dataset::label).toArray();
    return of(role, dataset::id, labels, dataset.classNames());
  }

  /**
   * Checks that a classifier trained on {@code training} can be tested on {@code others}.
   *
   * @throws KindredException if a row has no label, one of {@code others} a class that {@code
   *     training} lacks, or the two differ in width
   */
  static void requireComparable(Embeddings training, String role, Embeddings others) {
    Labelled.of(role, others).indicesIn(Labelled.of("training rows", training));
    Rows.requireSameWidth("training rows", training.dimension(), role, others);
  }

  /**
   * These rows, if they are of two classes or more.
   *
   * @throws KindredException if they are of one
   */
  Labelled severalClasses() {
    if (classes.size() < 2) {
      throw new KindredException(
          "%s: must have at least two classes, had only %s; add rows of another"
              .formatted(role, classes.get(0)));
    }
    return this;
  }

  /** Each row's class as its index in {@link #classes}. */
  int[] indices() {
    return indicesIn(this);
  }

  /**
   * Each row's class as its index in the classes of {@code known}.
   *
   * @throws KindredException if it is not there
   */
  int[] indicesIn(Labelled known) {
    Map<String, Integer> index = new HashMap<>();
    known.classes.forEach(name -> index.put(name, index.size()));
    return classOf.stream().mapToInt(name -> require(index.get(name), name, known)).toArray();
  }

  private int require(@Nullable Integer index, String name, Labelled known) {
    if (index == null) {
      throw new KindredException(
          "%s: every class must occur in the %s too, but %s does not; add it there or leave it out"
              .formatted(role, known.role, name));
    }
    return index;
  }

  private static Labelled of(
      String role, IntFunction<String> ids, int[] labels, List<String> names) {
    List<String> classOf = new ArrayList<>(labels.length);
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0 || labels[row] >= names.size()) {
        throw new KindredException(
            "%s: every row must have a label, but %s (row %d) has none; label it or leave it out"
                .formatted(role, ids.apply(row), row));
      }
      classOf.add(names.get(labels[row]));
    }
    Set<String> occurring = new HashSet<>(classOf);
    return new Labelled(
        role, classOf, names.stream().filter(occurring::contains).distinct().toList());
  }
}
