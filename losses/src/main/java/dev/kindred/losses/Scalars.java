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

  /** {@code log(1 + exp(x))} without overflow, with the gradient of its definition. */
  static <T extends TFloating> Operand<T> softplus(Ops tf, Operand<T> x) {
    Operand<T> size = tf.math.abs(x);
    return tf.math.add(tf.nn.relu(x), tf.math.log1p(tf.math.exp(tf.math.neg(size))));
  }
}
