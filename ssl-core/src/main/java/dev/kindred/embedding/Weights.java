package dev.kindred.embedding;

import dev.kindred.nn.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
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

  /** The values that {@code parameters} have in {@code session}; the caller closes them. */
  public static Weights read(Session session, Collection<Parameter> parameters) {
    Session.Runner runner = session.runner();
    parameters.forEach(parameter -> runner.fetch(parameter.value()));
    Map<String, TFloat32> values = new LinkedHashMap<>();
    Result result = runner.run();
    int next = 0;
    for (Parameter parameter : parameters) {
      values.put(parameter.path(), (TFloat32) result.get(next++));
    }
    return new Weights(values);
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
