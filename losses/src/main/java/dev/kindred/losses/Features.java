package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Operations on the columns of a matrix, over the batch. */
final class Features {
  private Features() {}

  /** Every column less its mean. */
  static <T extends TFloating> Operand<T> center(Ops tf, Operand<T> rows) {
    return tf.math.sub(rows, tf.math.mean(rows, tf.constant(0), Mean.keepDims(true)));
  }

  /** Every column less its mean, by the root of its biased variance plus {@code epsilon}. */
  static <T extends TFloating> Operand<T> standardize(Ops tf, Operand<T> rows, double epsilon) {
    Operand<T> centered = center(tf, rows);
    Operand<T> variance =
        tf.math.mean(tf.math.square(centered), tf.constant(0), Mean.keepDims(true));
    return tf.math.mul(
        centered, tf.math.rsqrt(tf.math.add(variance, Scalars.of(tf, rows, epsilon))));
  }

  /** The inner products of every column of {@code a} with every column of {@code b}. */
  static <T extends TFloating> Operand<T> products(Ops tf, Operand<T> a, Operand<T> b) {
    return tf.linalg.matMul(a, b, MatMul.transposeA(true));
  }

  /** The sum of the squares of all elements off the diagonal of a square matrix. */
  static <T extends TFloating> Operand<T> offDiagonal(Ops tf, Operand<T> matrix) {
    Operand<TInt32> index = Sizes.indices(tf, matrix);
    Operand<T> off = tf.math.mul(matrix, Scalars.ones(tf, matrix, Sizes.differ(tf, index, index)));
    return Scalars.total(tf, tf.math.square(off));
  }
}
