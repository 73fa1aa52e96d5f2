package dev.kindred.method;

import dev.kindred.data.Mixing;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The loss of queries that were blended: each has two positives, to the extent of its shares. */
final class MixedLoss {
  private MixedLoss() {}

  /**
   * The mean of {@code share_i l_i(k_i) + (1 - share_i) l_i(k_before(i))}.
   *
   * @param share how much of each query is its own, {@code [batch]}
   * @param keys {@code [batch, dim]}
   * @param rows the loss of each query, {@code [batch]}, given its positive among all keys
   */
  static Operand<TFloat32> of(
      Ops tf,
      Operand<TFloat32> share,
      Operand<TFloat32> keys,
      UnaryOperator<Operand<TFloat32>> rows) {
    Operand<TFloat32> own = tf.math.mul(share, rows.apply(keys));
    Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), share);
    Operand<TFloat32> other = tf.math.mul(rest, rows.apply(Mixing.before(tf, keys)));
    return tf.math.mean(tf.math.add(own, other), tf.constant(0));
  }
}
