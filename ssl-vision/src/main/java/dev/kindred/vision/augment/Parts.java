package dev.kindred.vision.augment;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A batch in parts that are changed each in its own way: what is costly and happens to some of the
 * images is paid for those only. A part may be empty.
 */
final class Parts {
  private final Ops tf;
  private final List<Operand<TInt32>> rows = new ArrayList<>();

  /**
   * Parts a batch.
   *
   * @param part the part of each image, in {@code [0, count)}, of shape {@code [batch]}
   */
  Parts(Ops tf, Operand<TInt32> part, int count) {
    this.tf = tf;
    Operand<TInt32> all = tf.range(tf.constant(0), tf.size(part), tf.constant(1));
    rows.addAll(tf.dynamicPartition(all, part, (long) count).outputs());
  }

  /** The batch with the planes of part {@code i} changed by {@code changes.get(i)}. */
  Operand<TFloat32> apply(Operand<TFloat32> planes, List<Change> changes) {
    List<Operand<TFloat32>> changed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Operand<TFloat32> part = tf.gather(planes, rows.get(i), tf.constant(0));
      changed.add(changes.get(i).apply(part, rows.get(i)));
    }
    return tf.dynamicStitch(rows, changed);
  }

  /** A change of some images. */
  @FunctionalInterface
  interface Change {
    /** Leaves images as they are. */
    Change NONE = (planes, rows) -> planes;

    /**
     * Adds the change to the graph.
     *
     * @param planes colours of the part {@code [n, 3, pixels]}
     * @param rows where in the batch they are, {@code [n]}
     */
    Operand<TFloat32> apply(Operand<TFloat32> planes, Operand<TInt32> rows);
  }
}
