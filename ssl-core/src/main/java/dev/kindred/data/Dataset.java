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

  /** The {@link #keys} of an example that may be beside any other. */
  long[] NO_KEYS = {};

  /** The {@link #stretches} of a set that is read in any order as well as in another. */
  int[] NO_STRETCHES = {};

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

  /**
   * Hashes of what example {@code index} says: examples that share one are not put into one batch
   * by {@link BatchPlan#from(long, java.util.function.IntFunction)}, for an equal of itself would
   * be its own negative there. Stable between runs, and read for every example in every epoch. None
   * unless a set says otherwise: equal pictures hardly occur, and their views differ anyway.
   */
  default long[] keys(int index) {
    return NO_KEYS;
  }

  /**
   * Which examples belong together, such as those of one episode: a number that they share. Used
   * where {@link BatchPlan.Together} is asked for; each is alone unless a set says otherwise.
   */
  default int group(int index) {
    return index;
  }

  /**
   * The first example of each stretch that is best read from front to back, such as a shard;
   * ascending from 0. Trainings then draw by {@link BatchPlan#from(long, BatchPlan.Stretches)}.
   * None unless a set says otherwise.
   */
  default int[] stretches() {
    return NO_STRETCHES;
  }

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
