package dev.kindred.optim;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** Euclidean norms in the graph; NaN in, NaN out. */
final class Norms {
  private Norms() {}

  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> tensor) {
    return ofAll(tf, List.of(tensor));
  }

  /** The norm of all tensors as one vector, a scalar. */
  static Operand<TFloat32> ofAll(Ops tf, List<Operand<TFloat32>> tensors) {
    List<Operand<TFloat32>> halves =
        tensors.stream().<Operand<TFloat32>>map(tf.nn::l2Loss).toList();
    return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halves)));
  }

  /** Whether neither norm is zero, so that their ratio says something. */
  static Operand<TBool> bothNonZero(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    Operand<TFloat32> zero = tf.constant(0f);
    return tf.math.logicalAnd(tf.math.notEqual(a, zero), tf.math.notEqual(b, zero));
  }
}
