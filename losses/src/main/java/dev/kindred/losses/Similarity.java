package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/** How alike two rows are; larger is more alike. */
public enum Similarity {
  /** {@code u_i . u_j}, in {@code [-1, 1]}; blind to the rows' lengths. */
  COSINE {
    @Override
    public <T extends TFloating> Operand<T> prepare(Ops tf, Operand<T> rows) {
      return Rows.normalize(tf, rows);
    }
  },
  /** {@code x_i . x_j}, unbounded. */
  DOT {
    @Override
    public <T extends TFloating> Operand<T> prepare(Ops tf, Operand<T> rows) {
      return rows;
    }
  };

  /**
   * The rows such that their inner products are this similarity.
   *
   * @param rows {@code [n, dim]}
   * @return {@code [n, dim]}
   */
  public abstract <T extends TFloating> Operand<T> prepare(Ops tf, Operand<T> rows);

  /**
   * The similarity of every row of {@code a} with every row of {@code b}.
   *
   * @param a {@code [n, dim]}
   * @param b {@code [m, dim]}
   * @return {@code [n, m]}
   */
  public <T extends TFloating> Operand<T> matrix(Ops tf, Operand<T> a, Operand<T> b) {
    return products(tf, prepare(tf, a), prepare(tf, b));
  }

  /** The inner products of every row of {@code a} with every row of {@code b}, {@code [n, m]}. */
  static <T extends TFloating> Operand<T> products(Ops tf, Operand<T> a, Operand<T> b) {
    return tf.linalg.matMul(a, b, MatMul.transposeB(true));
  }

  /** The inner products of row i of {@code a} with row i of {@code b}, {@code [n]}. */
  static <T extends TFloating> Operand<T> pairedProducts(Ops tf, Operand<T> a, Operand<T> b) {
    return tf.reduceSum(tf.math.mul(a, b), tf.constant(1), ReduceSum.keepDims(false));
  }
}
