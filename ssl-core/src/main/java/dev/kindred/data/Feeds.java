package dev.kindred.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Tensor;

/**
 * The tensors of one batch by the names of their {@link FeedSpec}s. Owns them: {@link #close}
 * closes every one, and may be called twice.
 */
public final class Feeds implements AutoCloseable {
  private final Map<String, Tensor> tensors;
  private final int batchSize;

  /** Takes ownership of {@code tensors}, which hold {@code batchSize} examples. */
  public Feeds(int batchSize, Map<String, ? extends Tensor> tensors) {
    this.batchSize = batchSize;
    this.tensors = new LinkedHashMap<>(tensors);
  }

  /** The number of examples in the batch. */
  public int batchSize() {
    return batchSize;
  }

  /** The tensors by name; they stay this object's. */
  public Map<String, Tensor> tensors() {
    return java.util.Collections.unmodifiableMap(tensors);
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    tensors.clear();
  }
}
