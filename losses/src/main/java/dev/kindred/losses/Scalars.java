package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/** Constants of the type of an operand. */
final class Scalars {
  private Scalars() {}

  /** {@code value}, of the type of {@code like}. */
  static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> like, double value) {
    return tf.dtypes.cast(tf.constant(value), like.type());
  }

  /** 1 where {@code mask} holds and else 0, of the type of {@code like}. */
  static <T extends TFloating> Operand<T> ones(Ops tf, Operand<T> like, Operand<TBool> mask) {
    return tf.dtypes.cast(mask, like.type());
  }

  /** A count as a number of the type of {@code like}, at least 1: a divisor for a mean. */
  static <T extends TFloating> Operand<T> divisor(
      Ops tf, Operand<T> like, Operand<? extends TNumber> count) {
    return tf.math.maximum(tf.dtypes.cast(count, like.type()), of(tf, like, 1));
  }

  /** The sum of all elements, a scalar. */
  static <T extends TFloating> Operand<T> total(Ops tf, Operand<T> values) {
    return tf.reduceSum(values, tf.range(tf.constant(0), tf.rank(values), tf.constant(1)));
  }
}
