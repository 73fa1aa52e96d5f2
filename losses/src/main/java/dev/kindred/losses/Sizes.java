package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Sizes and indices that are known only when the graph runs. */
final class Sizes {
  private Sizes() {}

  /** The number of rows of {@code matrix}, a scalar. */
  static Operand<TInt32> rows(Ops tf, Operand<?> matrix) {
    return tf.gather(tf.shape(matrix), tf.constant(0), tf.constant(0));
  }

  /** 0 to n - 1 for the n rows of {@code matrix}. */
  static Operand<TInt32> indices(Ops tf, Operand<?> matrix) {
    return tf.range(tf.constant(0), rows(tf, matrix), tf.constant(1));
  }

  /** Where {@code a_i == b_j}, {@code [n, m]}. */
  static Operand<TBool> equal(Ops tf, Operand<TInt32> a, Operand<TInt32> b) {
    return tf.math.equal(tf.expandDims(a, tf.constant(1)), tf.expandDims(b, tf.constant(0)));
  }

  /** Where {@code a_i != b_j}, {@code [n, m]}. */
  static Operand<TBool> differ(Ops tf, Operand<TInt32> a, Operand<TInt32> b) {
    return tf.math.notEqual(tf.expandDims(a, tf.constant(1)), tf.expandDims(b, tf.constant(0)));
  }

  /** True for every element of {@code like}, whatever its value. */
  static Operand<TBool> everywhere(Ops tf, Operand<?> like) {
    return tf.fill(tf.shape(like), tf.constant(true));
  }

  /** Element {@code columns_i} of each row i of {@code matrix}, {@code [n]}. */
  static <T extends TType> Operand<T> pick(Ops tf, Operand<T> matrix, Operand<TInt32> columns) {
    return tf.gatherNd(matrix, tf.stack(List.of(indices(tf, matrix), columns), Stack.axis(1L)));
  }

  /** The indices at which {@code vector} holds. */
  static Operand<TInt32> where(Ops tf, Operand<TBool> vector) {
    return tf.dtypes.cast(tf.reshape(tf.where(vector), tf.constant(new int[] {-1})), TInt32.class);
  }
}
