package dev.kindred.method;

import dev.kindred.data.Share;
import dev.kindred.runtime.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What the workers show each other of a batch. A worker may have fewer rows than its share, where
 * examples could not be read: all are padded to their share to travel, and the padding is left out
 * again.
 */
final class Exchange {
  private final Ops tf;
  private final Share share;
  private final Operand<?> anyRows;
  private final List<Op> done = new ArrayList<>();
  private @Nullable Operand<TInt32> present;

  /**
   * @param anyRows something that has as many rows as this worker has examples
   */
  Exchange(Ops tf, Share share, Operand<?> anyRows) {
    this.tf = tf;
    this.share = share;
    this.anyRows = anyRows;
  }

  boolean shared() {
    return share.isPart();
  }

  /** What was exchanged, to be waited for before anything changes. */
  List<Op> done() {
    return done;
  }

  /** Every worker's rows; the gradient goes to this worker's own. */
  Operand<TFloat32> all(Operand<TFloat32> own) {
    if (!shared()) {
      return own;
    }
    Operand<TInt32> axis = tf.constant(0);
    Operand<TFloat32> padded = padded(own);
    Operand<TFloat32> gathered = exchanged(padded);
    int first = share.firstRow();
    int end = first + share.rows();
    List<Operand<TFloat32>> parts = new ArrayList<>();
    if (first > 0) {
      parts.add(rows(gathered, 0, first));
    }
    parts.add(padded);
    if (end < share.batchSize()) {
      parts.add(rows(gathered, end, share.batchSize()));
    }
    return tf.gather(tf.concat(parts, axis), present(), axis);
  }

  /**
   * The mean over all workers of something that is a mean over {@code count} things at each; the
   * gradient goes to this worker's own.
   */
  Operand<TFloat32> mean(Operand<TFloat32> own, Operand<TFloat32> count) {
    if (!shared()) {
      return own;
    }
    Operand<TFloat32> sum = tf.math.mul(own, count);
    Operand<TFloat32> totals =
        share.workers().sum(tf, tf.stopGradient(tf.stack(List.of(sum, count))));
    done.add(totals);
    Operand<TInt32> axis = tf.constant(0);
    Operand<TFloat32> others =
        tf.math.sub(tf.gather(totals, tf.constant(0), axis), tf.stopGradient(sum));
    return tf.math.div(tf.math.add(sum, others), tf.gather(totals, tf.constant(1), axis));
  }

  private Operand<TFloat32> exchanged(Operand<TFloat32> rows) {
    Operand<TFloat32> gathered = share.workers().gather(tf, tf.stopGradient(rows));
    done.add(gathered);
    return fixed(gathered, rows);
  }

  /** The places, among all padded rows, of those that are there. */
  private Operand<TInt32> present() {
    if (present == null) {
      Operand<TInt32> places = tf.range(tf.constant(0), tf.constant(share.rows()), tf.constant(1));
      Operand<TFloat32> own =
          tf.dtypes.cast(tf.math.less(places, Rows.count(tf, anyRows)), TFloat32.class);
      Operand<TFloat32> there = exchanged(own);
      present =
          tf.reshape(
              tf.dtypes.cast(tf.where(tf.math.greater(there, tf.constant(0.5f))), TInt32.class),
              tf.constant(new int[] {-1}));
    }
    return present;
  }

  private Operand<TFloat32> padded(Operand<TFloat32> own) {
    Operand<TInt32> missing = tf.math.sub(tf.constant(share.rows()), Rows.count(tf, own));
    Operand<TInt32> shape =
        tf.tensorScatterNdUpdate(
            tf.shape(own), tf.constant(new int[][] {{0}}), tf.expandDims(missing, tf.constant(0)));
    Operand<TFloat32> padding = fixed(tf.fill(shape, tf.constant(0f)), own);
    return tf.concat(List.of(own, padding), tf.constant(0));
  }

  private Operand<TFloat32> rows(Operand<TFloat32> all, int first, int end) {
    return tf.gather(
        all, tf.range(tf.constant(first), tf.constant(end), tf.constant(1)), tf.constant(0));
  }

  /** The same, as wide as {@code like}, and without a gradient, which a known shape has not. */
  private Operand<TFloat32> fixed(Operand<TFloat32> rows, Operand<TFloat32> like) {
    long[] sizes = like.shape().asArray();
    sizes[0] = Shape.UNKNOWN_SIZE;
    return tf.stopGradient(tf.ensureShape(rows, Shape.of(sizes)));
  }
}
