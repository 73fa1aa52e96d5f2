package dev.kindred.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some examples, read and packed. Owns its tensors.
 *
 * @param indices the examples in the batch, as indices into their set, in the order of the rows
 * @param labels the class of each, {@link Dataset#NO_LABEL} where it has none
 * @param feeds the packed tensors
 * @param skipped the examples that should have been here but could not be read
 */
public record Batch(int[] indices, int[] labels, Feeds feeds, List<CorruptExampleException> skipped)
    implements AutoCloseable {
  /** Packed examples without labels, numbered from 0. */
  public static Batch of(Feeds feeds) {
    int[] labels = new int[feeds.batchSize()];
    Arrays.fill(labels, Dataset.NO_LABEL);
    return new Batch(IntStream.range(0, labels.length).toArray(), labels, feeds, List.of());
  }

  @Override
  public void close() {
    feeds.close();
  }
}
