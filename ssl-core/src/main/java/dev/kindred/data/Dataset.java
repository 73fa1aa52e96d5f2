package dev.kindred.data;

import java.util.List;

/**
 * A finite set of examples with random access. Implementations are safe for concurrent {@link #get}
 * calls and hold as little in memory as they can.
 *
 * @param <E> what an example is: an image, a sentence, an observation
 */
public interface Dataset<E> extends AutoCloseable {
  /** The {@link #label} of an example that has none. */
  int NO_LABEL = -1;

  /** The number of examples, at least one. */
  int size();

  /**
   * Reads example {@code index}, in {@code [0, size)}.
   *
   * @throws CorruptExampleException if this one example cannot be read
   * @throws IndexOutOfBoundsException if there is no such example
   */
  E get(int index);

  /** A name for example {@code index} that is unique in this set and stable between runs. */
  String id(int index);

  /**
   * The class of example {@code index}, in {@code [0, classNames().size())}, or {@link #NO_LABEL}.
   */
  int label(int index);

  /** The names of the classes in the order of their labels; empty if nothing is labelled. */
  List<String> classNames();

  /** What this set is, for reports and provenance; such as {@code cifar10 train}. */
  String description();

  /**
   * The examples at {@code indices}, in that order, read through this set; closing it does nothing.
   */
  default Dataset<E> subset(int[] indices) {
    return new Subset<>(this, indices);
  }

  /** The first {@code count} examples, or all if there are fewer. */
  default Dataset<E> first(int count) {
    return subset(java.util.stream.IntStream.range(0, Math.min(count, size())).toArray());
  }

  @Override
  void close();
}
