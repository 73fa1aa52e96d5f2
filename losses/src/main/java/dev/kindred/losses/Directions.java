package dev.kindred.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** What becomes of the two directions of a loss that each view predicts the other with. */
public enum Directions {
  /** Their sum: BYOL's paper. */
  SUM {
    @Override
    <T extends TFloating> Operand<T> join(Ops tf, Operand<T> one, Operand<T> other) {
      return tf.math.add(one, other);
    }
  },
  /** Their mean: SimSiam's paper. */
  MEAN {
    @Override
    <T extends TFloating> Operand<T> join(Ops tf, Operand<T> one, Operand<T> other) {
      return tf.math.mul(tf.math.add(one, other), Scalars.of(tf, one, 0.5));
    }
  };

  abstract <T extends TFloating> Operand<T> join(Ops tf, Operand<T> one, Operand<T> other);
}
