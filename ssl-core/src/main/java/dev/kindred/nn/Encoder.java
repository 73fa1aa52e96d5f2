package dev.kindred.nn;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The network that is trained and kept: a view in, a representation out. An immutable description,
 * like {@link Block}.
 *
 * @param <V> a view in the graph
 */
public interface Encoder<V> {
  /** Adds the network to the graph and returns the representation {@code [batch, dimension]}. */
  Operand<TFloat32> apply(Scope scope, V view);

  /** The width of the representation. */
  int dimension();

  /** Whether two views are of one shape, so that {@link #concat} takes them. */
  default boolean alike(V a, V b) {
    return true;
  }

  /** Two views or more as one, example after example, so that one pass sees them all. */
  V concat(Ops tf, List<V> views);

  /** The number of examples of {@code view}, a scalar. */
  Operand<TInt32> count(Ops tf, V view);

  /** The examples of {@code view} at {@code rows}, in that order. */
  V take(Ops tf, V view, Operand<TInt32> rows);

  /** Everything that defines this network, in JSON types; {@code name} is always there. */
  Map<String, Object> settings();
}
