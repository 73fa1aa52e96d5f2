package dev.kindred.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a batch's examples, on all processors, and packs them. */
final class BatchReader<E> {
  private final Dataset<E> dataset;
  private final ViewPipeline<E, ?> views;
  private final boolean strict;

  /**
   * @param strict whether an example that cannot be read fails the batch; else it is left out
   */
  BatchReader(Dataset<E> dataset, ViewPipeline<E, ?> views, boolean strict) {
    this.dataset = dataset;
    this.views = views;
    this.strict = strict;
  }

  /**
   * Reads the examples at {@code indices}.
   *
   * @throws CorruptExampleException if one cannot be read and this reader is strict
   */
  Batch read(int[] indices) {
    List<Read<E>> all =
        IntStream.range(0, indices.length).parallel().mapToObj(i -> read(indices[i])).toList();
    List<E> examples = new ArrayList<>(indices.length);
    List<CorruptExampleException> skipped = new ArrayList<>();
    int[] kept = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      Read<E> one = all.get(i);
      if (one.failure() != null) {
        skipped.add(one.failure());
      } else {
        kept[examples.size()] = indices[i];
        examples.add(java.util.Objects.requireNonNull(one.example()));
      }
    }
    int[] read = Arrays.copyOf(kept, examples.size());
    int[] labels = Arrays.stream(read).map(dataset::label).toArray();
    return new Batch(read, labels, views.pack(examples), skipped);
  }

  private record Read<E>(
      @org.jspecify.annotations.Nullable E example,
      @org.jspecify.annotations.Nullable CorruptExampleException failure) {}

  private Read<E> read(int index) {
    try {
      return new Read<>(dataset.get(index), null);
    } catch (CorruptExampleException e) {
      if (strict) {
        throw e;
      }
      return new Read<>(null, e);
    }
  }
}
