package dev.kindred.method;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a method minimises.
 *
 * @param loss a scalar
 * @param metrics scalars to report beside it, by name; made from the step's activations, never from
 *     parameters
 */
public record Objective(Operand<TFloat32> loss, Map<String, Operand<TFloat32>> metrics) {
  /** Copies the metrics, keeping their order. */
  public Objective {
    metrics = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** A loss without metrics. */
  public static Objective of(Operand<TFloat32> loss) {
    return new Objective(loss, Map.of());
  }

  /** The same objective, reporting {@code value} too. */
  public Objective metric(String name, Operand<TFloat32> value) {
    Map<String, Operand<TFloat32>> more = new LinkedHashMap<>(metrics);
    more.put(name, value);
    return new Objective(loss, more);
  }
}
