package dev.kindred.cli;

import dev.kindred.data.Dataset;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Parts of data sets that options ask for. */
final class Subsets {
  private Subsets() {}

  /** {@code count} of {@code data} drawn from {@code seed}, in their order; all if no more are. */
  static <E> Dataset<E> drawn(Dataset<E> data, int count, long seed) {
    if (data.size() <= count) {
      return data;
    }
    return data.subset(
        new Random(seed).ints(0, data.size()).distinct().limit(count).sorted().toArray());
  }

  /**
   * The first {@code count} of {@code data}, which stays to be closed; all where there is no count.
   *
   * @throws IllegalArgumentException if there are not that many
   */
  static <E> Dataset<E> first(Dataset<E> data, @Nullable Integer count) {
    if (count == null) {
      return data;
    }
    if (count < 1 || count > data.size()) {
      throw new IllegalArgumentException(
          "the first examples of %s must be 1 to %d, were %d"
              .formatted(data.description(), data.size(), count));
    }
    return data.first(count);
  }
}
