package dev.kindred.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

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

  /**
   * A copy of the examples {@code from} (inclusive) to {@code to} (exclusive), which the caller
   * closes.
   *
   * @throws IllegalArgumentException if there are no such examples, or if a tensor holds strings
   */
  public Feeds rows(int from, int to) {
    if (from < 0 || to <= from || to > batchSize) {
      throw new IllegalArgumentException(
          "rows must be at least one of 0 to %d, were %d to %d".formatted(batchSize, from, to));
    }
    Map<String, Tensor> cut = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> cut.put(name, rows(tensor, from, to)));
    return new Feeds(to - from, cut);
  }

  private static Tensor rows(Tensor tensor, int from, int to) {
    if (tensor instanceof TString) {
      throw new IllegalArgumentException("rows can be cut of numbers only, not of strings");
    }
    long rowBytes = tensor.numBytes() / tensor.shape().get(0);
    Shape shape = tensor.shape().tail().prepend(to - from);
    return Tensor.of(
        ((TType) tensor).type(),
        shape,
        tensor.asRawTensor().data().slice(from * rowBytes, (to - from) * rowBytes));
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    tensors.clear();
  }
}
