package dev.kindred.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Rotary positions: number {@code i} of a head's first half and of its second are turned as a point
 * of the plane, by the position times {@code 10000^(-2 i / size)}, so that a product of a query and
 * a key depends on how far apart they are.
 *
 * @see <a href="https://arxiv.org/abs/2104.09864">Su et al. 2021, RoFormer</a>
 */
final class Rotary {
  private static final double BASE = 10_000;

  private Rotary() {}

  /**
   * Turns queries or keys.
   *
   * @param heads {@code [batch, heads, tokens, size]}
   * @param size even
   */
  static Operand<TFloat32> turned(Ops tf, Operand<TFloat32> heads, int size) {
    float[] frequencies = new float[size / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) Math.pow(BASE, -2.0 * i / size);
    }
    Operand<TInt32> tokens = tf.gather(tf.shape(heads), tf.constant(2), tf.constant(0));
    Operand<TFloat32> positions =
        tf.dtypes.cast(tf.range(tf.constant(0), tokens, tf.constant(1)), TFloat32.class);
    Operand<TFloat32> angles =
        tf.math.mul(tf.expandDims(positions, tf.constant(1)), tf.constant(frequencies));
    Operand<TFloat32> cos = tf.math.cos(angles);
    Operand<TFloat32> sin = tf.math.sin(angles);
    List<Operand<TFloat32>> halves = List.copyOf(tf.split(tf.constant(3), heads, 2L).output());
    Operand<TFloat32> x = halves.get(0);
    Operand<TFloat32> y = halves.get(1);
    return tf.concat(
        List.of(
            tf.math.sub(tf.math.mul(x, cos), tf.math.mul(y, sin)),
            tf.math.add(tf.math.mul(x, sin), tf.math.mul(y, cos))),
        tf.constant(3));
  }
}
