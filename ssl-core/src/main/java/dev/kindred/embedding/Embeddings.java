package dev.kindred.embedding;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Representations with their ids and labels, one row an example. Immutable by convention: the
 * arrays are not copied, and nobody writes to them.
 *
 * @param ids the examples' names, unique
 * @param labels the examples' classes, {@link Dataset#NO_LABEL} where there is none
 * @param classNames the names of the classes in the order of their labels; empty if nothing is
 *     labelled
 * @param vectors {@code [size][dimension]}, every row of one width, every value finite
 * @param skipped the examples that could not be read, and are therefore not here
 */
public record Embeddings(
    List<String> ids,
    int[] labels,
    List<String> classNames,
    float[][] vectors,
    List<CorruptExampleException> skipped) {

  /**
   * Checks that the parts fit each other.
   *
   * @throws IllegalArgumentException if their lengths differ, there is no row, an id occurs twice,
   *     rows differ in width, or a value is NaN or infinite
   */
  public Embeddings {
    ids = List.copyOf(ids);
    classNames = List.copyOf(classNames);
    skipped = List.copyOf(skipped);
    if (ids.size() != vectors.length || labels.length != vectors.length) {
      throw new IllegalArgumentException(
          "ids, labels and vectors must be equally many, were %d, %d and %d"
              .formatted(ids.size(), labels.length, vectors.length));
    }
    if (vectors.length == 0) {
      throw new IllegalArgumentException("embeddings must have at least one row, had none");
    }
    requireDistinct(ids);
    for (int i = 0; i < vectors.length; i++) {
      requireRow(ids.get(i), vectors[i], vectors[0].length);
    }
  }

  /**
   * Vectors of which each is of a class, whatever made them.
   *
   * @param classOf the class of each by name; the classes are in the order of their names
   */
  public static Embeddings labelled(List<String> ids, List<String> classOf, float[][] vectors) {
    List<String> names = classOf.stream().distinct().sorted().toList();
    int[] labels =
        classOf.stream().mapToInt(name -> Collections.binarySearch(names, name)).toArray();
    return new Embeddings(ids, labels, names, vectors, List.of());
  }

  /** Vectors without labels. */
  public static Embeddings of(List<String> ids, float[][] vectors) {
    int[] labels = new int[vectors.length];
    Arrays.fill(labels, Dataset.NO_LABEL);
    return new Embeddings(ids, labels, List.of(), vectors, List.of());
  }

  /**
   * The vectors of those examples of a set that could be read.
   *
   * @param read which these are, one for each vector
   * @throws KindredException if there is none
   */
  public static Embeddings of(
      Dataset<?> dataset,
      List<Integer> read,
      List<float[]> vectors,
      List<CorruptExampleException> skipped) {
    if (read.isEmpty()) {
      throw new KindredException(
          "%s: none of the %d examples can be read; the first is %s"
              .formatted(dataset.description(), dataset.size(), skipped.get(0).getMessage()));
    }
    return new Embeddings(
        read.stream().map(dataset::id).toList(),
        read.stream().mapToInt(dataset::label).toArray(),
        dataset.classNames(),
        vectors.toArray(float[][]::new),
        skipped);
  }

  /** The number of rows. */
  public int size() {
    return vectors.length;
  }

  /** The width of a row. */
  public int dimension() {
    return vectors[0].length;
  }

  /**
   * Some of the rows.
   *
   * @param rows their places, one or more, in the order that is wanted
   */
  public Embeddings select(int[] rows) {
    return new Embeddings(
        Arrays.stream(rows).mapToObj(ids::get).toList(),
        Arrays.stream(rows).map(row -> labels[row]).toArray(),
        classNames,
        Arrays.stream(rows).mapToObj(row -> vectors[row]).toArray(float[][]::new),
        skipped);
  }

  /** Whether every row has a label. */
  public boolean labelled() {
    for (int label : labels) {
      if (label == Dataset.NO_LABEL) {
        return false;
      }
    }
    return true;
  }

  private static void requireDistinct(List<String> ids) {
    Set<String> seen = new HashSet<>();
    for (String id : ids) {
      if (!seen.add(id)) {
        throw new IllegalArgumentException("ids must be unique, but " + id + " occurs twice");
      }
    }
  }

  private static void requireRow(String id, float[] row, int width) {
    if (row.length != width) {
      throw new IllegalArgumentException(
          "every vector must be %d wide like the first, but %s has %d values"
              .formatted(width, id, row.length));
    }
    for (float value : row) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "vectors must be finite, but %s holds %s".formatted(id, value));
      }
    }
  }
}
