package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.family.TFloating;

/** What losses over scores of prototypes share. */
final class Scores {
  private Scores() {}

  /** {@code -sum target log softmax(scores / temperature)}, mean over the batch. */
  static <T extends TFloating> Operand<T> crossEntropy(
      Ops tf, Operand<T> target, Operand<T> scores, double temperature) {
    Operand<T> logs =
        tf.nn.logSoftmax(tf.math.mul(scores, Scalars.of(tf, scores, 1 / temperature)));
    Operand<T> rows =
        tf.reduceSum(tf.math.mul(target, logs), tf.constant(1), ReduceSum.keepDims(false));
    return tf.math.neg(tf.math.mean(rows, tf.constant(0)));
  }

  /** The mean of several scalars. */
  static <T extends TFloating> Operand<T> mean(Ops tf, List<Operand<T>> terms) {
    return tf.math.mul(tf.math.addN(terms), Scalars.of(tf, terms.get(0), 1.0 / terms.size()));
  }
}
