package dev.kindred.data;

import java.util.List;

/**
 * Some examples, read and packed. Owns its tensors.
 *
 * @param indices the examples in the batch, as indices into their set, in the order of the rows
 * @param feeds the packed tensors
 * @param skipped the examples that should have been here but could not be read
 */
public record Batch(int[] indices, Feeds feeds, List<CorruptExampleException> skipped)
    implements AutoCloseable {
  @Override
  public void close() {
    feeds.close();
  }
}
