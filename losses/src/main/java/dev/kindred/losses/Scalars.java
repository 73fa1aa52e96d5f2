package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Constants of the type of an operand. */
final class Scalars {
  private Scalars() {}

  static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> like, double value) {
    return tf.dtypes.cast(tf.constant(value), like.type());
  }
}
