package dev.kindred.nn;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An immutable description of a piece of network; applying it to a {@link Scope} adds it to a
 * graph. Applied twice under one path it shares its parameters; applied under two paths it makes
 * two networks of one shape.
 */
@FunctionalInterface
public interface Block {
  /** Adds this piece to the graph behind {@code scope} and returns its output. */
  Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input);

  /** This block, then {@code next} on its output. */
  default Block then(Block next) {
    return (scope, input) -> next.apply(scope, apply(scope, input));
  }

  /** This block with its parameters below {@code name}. */
  default Block named(String name) {
    return (scope, input) -> apply(scope.child(name), input);
  }
}
