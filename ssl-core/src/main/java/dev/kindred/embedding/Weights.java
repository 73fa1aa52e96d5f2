package dev.kindred.embedding;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.types.TFloat32;

/**
 * A network's values by parameter path, on their way from one graph to another. Owns its tensors;
 * {@link #close} may be called twice.
 */
public final class Weights implements AutoCloseable {
  private final Map<String, TFloat32> byPath;

  /** Takes ownership of the tensors. */
  public Weights(Map<String, TFloat32> byPath) {
    this.byPath = new LinkedHashMap<>(byPath);
  }

  /** The tensors by path; they stay this object's. */
  public Map<String, TFloat32> byPath() {
    return java.util.Collections.unmodifiableMap(byPath);
  }

  @Override
  public void close() {
    byPath.values().forEach(TFloat32::close);
    byPath.clear();
  }
}
