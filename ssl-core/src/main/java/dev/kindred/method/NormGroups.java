package dev.kindred.method;

import dev.kindred.nn.Encoder;
import dev.kindred.runtime.Rows;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How batch normalisation cuts each view of a batch into groups with statistics of their own: along
 * the batch in one branch, across it in the other, so that a query and its key were not normalised
 * beside the same examples and cannot be recognised by that. It stands for MoCo's shuffling of keys
 * over devices: a batch is in random order already.
 *
 * @param count how many groups a view is cut into; 1 for one group of all views together
 * @param across whether group g is every {@code count}-th example from g on, rather than neighbours
 */
record NormGroups(int count, boolean across) {
  /** One group of all. */
  static final NormGroups WHOLE = new NormGroups(1, false);

  /** How many groups there are of so many views in one pass. */
  int of(int views) {
    return count == 1 ? 1 : count * views;
  }

  /** The examples of {@code view} with those of one group side by side. */
  <V> V order(Ops tf, Encoder<V> encoder, V view) {
    return moves() ? encoder.take(tf, view, transposed(tf, encoder.count(tf, view), false)) : view;
  }

  /** The rows of {@link #order}ed views as they were. */
  List<Operand<TFloat32>> restore(Ops tf, List<Operand<TFloat32>> ordered) {
    return ordered.stream().map(rows -> moves() ? restored(tf, rows) : rows).toList();
  }

  private boolean moves() {
    return across && count > 1;
  }

  private Operand<TFloat32> restored(Ops tf, Operand<TFloat32> rows) {
    return tf.gather(rows, transposed(tf, Rows.count(tf, rows), true), tf.constant(0));
  }

  /** 0 to size - 1 as a matrix with {@code count} columns, or rows, read column by column. */
  private Operand<TInt32> transposed(Ops tf, Operand<TInt32> size, boolean rows) {
    Operand<TInt32> indices = tf.range(tf.constant(0), size, tf.constant(1));
    int[] shape = rows ? new int[] {count, -1} : new int[] {-1, count};
    return tf.reshape(
        tf.linalg.transpose(tf.reshape(indices, tf.constant(shape)), tf.constant(new int[] {1, 0})),
        tf.constant(new int[] {-1}));
  }
}
