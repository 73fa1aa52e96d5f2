package dev.kindred.runtime;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** The rows of tensors in a graph, whose number is known only when it runs. */
public final class Rows {
  private Rows() {}

  /** The size of the first dimension, a scalar. */
  public static Operand<TInt32> count(Ops tf, Operand<?> tensor) {
    return tf.gather(tf.shape(tensor), tf.constant(0), tf.constant(0));
  }
}
