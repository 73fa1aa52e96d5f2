package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** How the losses of the single rows become one number. */
public enum Reduction {
  /** Their mean: the default of every loss here. */
  MEAN {
    @Override
    <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> losses) {
      return tf.math.mean(losses, tf.constant(0));
    }
  },
  /** Their sum. */
  SUM {
    @Override
    <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> losses) {
      return tf.reduceSum(losses, tf.constant(0), ReduceSum.keepDims(false));
    }
  },
  /** None: the vector of the rows' losses, in the order that the loss states. */
  NONE {
    @Override
    <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> losses) {
      return losses;
    }
  };

  /**
   * Reduces {@code losses}.
   *
   * @param losses {@code [n]}
   * @return a scalar, or {@code [n]} for {@link #NONE}
   */
  abstract <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> losses);

  /**
   * Reduces the losses of a sum that was taken in blocks.
   *
   * @param sum the sum of the losses, a scalar
   * @param count how many they are
   */
  <T extends TFloating> Operand<T> ofSum(Ops tf, Operand<T> sum, Operand<TInt32> count) {
    return this == MEAN ? tf.math.div(sum, Scalars.divisor(tf, sum, count)) : sum;
  }

  /** Refuses to cut into blocks what must be whole. */
  void requireWhole(int blocks) {
    Arguments.requireAtLeastOne("blocks", blocks);
    Arguments.require(
        blocks == 1 || this != NONE, "reduction", "MEAN or SUM for a loss in blocks", this);
  }
}
