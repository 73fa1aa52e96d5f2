package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * How far two rows are from each other. Where two rows are equal the distance is 0 and sends no
 * gradient back, for the slope of a root has no value there.
 */
public enum Distance {
  /** {@code |x - y|}. */
  EUCLIDEAN {
    @Override
    <T extends TFloating> Operand<T> ofSquares(Ops tf, Operand<T> squares) {
      return Distance.root(tf, squares);
    }
  },
  /** {@code |x - y|^2}. */
  SQUARED_EUCLIDEAN {
    @Override
    <T extends TFloating> Operand<T> ofSquares(Ops tf, Operand<T> squares) {
      return squares;
    }
  },
  /** {@code 1 - cos(x, y)}, half the squared distance of the normalised rows. */
  COSINE {
    @Override
    <T extends TFloating> Operand<T> prepare(Ops tf, Operand<T> rows) {
      return Rows.normalize(tf, rows);
    }

    @Override
    <T extends TFloating> Operand<T> ofSquares(Ops tf, Operand<T> squares) {
      return tf.math.mul(squares, Scalars.of(tf, squares, 0.5));
    }
  };

  /** Distances whose square is below this are zero. */
  private static final double SMALLEST_SQUARE = 1e-24;

  /**
   * The distance of every row of {@code a} from every row of {@code b}, computed in float64, for
   * the small differences of large numbers are lost in float32.
   *
   * @param a {@code [n, dim]}
   * @param b {@code [m, dim]}
   * @return {@code [n, m]}
   */
  public <T extends TFloating> Operand<T> matrix(Ops tf, Operand<T> a, Operand<T> b) {
    return tf.dtypes.cast(wideMatrix(tf, a, b), a.type());
  }

  /** The same, left in float64. */
  <T extends TFloating> Operand<TFloat64> wideMatrix(Ops tf, Operand<T> a, Operand<T> b) {
    Operand<TFloat64> x = prepare(tf, tf.dtypes.cast(a, TFloat64.class));
    Operand<TFloat64> y = prepare(tf, tf.dtypes.cast(b, TFloat64.class));
    Operand<TFloat64> lengths =
        tf.math.add(
            tf.expandDims(squareLengths(tf, x), tf.constant(1)),
            tf.expandDims(squareLengths(tf, y), tf.constant(0)));
    Operand<TFloat64> products = Similarity.products(tf, x, y);
    Operand<TFloat64> squares = tf.math.sub(lengths, tf.math.mul(products, tf.constant(2.0)));
    return ofSquares(tf, tf.math.maximum(squares, tf.constant(0.0)));
  }

  /**
   * The distance of row i of {@code a} from row i of {@code b}.
   *
   * @param a {@code [n, dim]}
   * @param b {@code [n, dim]}
   * @return {@code [n]}
   */
  public <T extends TFloating> Operand<T> paired(Ops tf, Operand<T> a, Operand<T> b) {
    Operand<T> difference = tf.math.sub(prepare(tf, a), prepare(tf, b));
    return ofSquares(tf, squareLengths(tf, difference));
  }

  <T extends TFloating> Operand<T> prepare(Ops tf, Operand<T> rows) {
    return rows;
  }

  /** This distance from the squared one of the prepared rows. */
  abstract <T extends TFloating> Operand<T> ofSquares(Ops tf, Operand<T> squares);

  private static <T extends TFloating> Operand<T> squareLengths(Ops tf, Operand<T> rows) {
    return tf.reduceSum(tf.math.square(rows), tf.constant(1), ReduceSum.keepDims(false));
  }

  private static <T extends TFloating> Operand<T> root(Ops tf, Operand<T> squares) {
    Operand<TBool> apart = tf.math.greater(squares, Scalars.of(tf, squares, SMALLEST_SQUARE));
    Operand<T> root = tf.math.sqrt(tf.select(apart, squares, Scalars.of(tf, squares, 1)));
    return tf.select(apart, root, Scalars.of(tf, root, 0));
  }
}
