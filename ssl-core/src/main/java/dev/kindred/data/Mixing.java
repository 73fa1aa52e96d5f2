package dev.kindred.data;

import dev.kindred.runtime.Rows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Blends each example of a batch with another: Mixup, CutMix. The other is the one before it, the
 * last one for the first; a batch is in random order, so this is as good as any draw and needs
 * none.
 *
 * @param <V> a view in the graph
 */
@FunctionalInterface
public interface Mixing<V> {
  /**
   * Adds the blends to the graph.
   *
   * @param view one view of each example of a batch
   * @param randomness where the shares come from
   */
  Mixed<V> mix(Ops tf, V view, Randomness randomness);

  /** For each row the row before it, for the first the last. */
  static Operand<TFloat32> before(Ops tf, Operand<TFloat32> rows) {
    Operand<TInt32> count = Rows.count(tf, rows);
    Operand<TInt32> indices = tf.range(tf.constant(0), count, tf.constant(1));
    Operand<TInt32> previous = tf.math.floorMod(tf.math.sub(indices, tf.constant(1)), count);
    return tf.gather(rows, previous, tf.constant(0));
  }
}
