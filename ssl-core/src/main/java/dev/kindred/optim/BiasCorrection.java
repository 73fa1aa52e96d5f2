package dev.kindred.optim;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.dtypes.Cast;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * What the running means of Adam and LAMB lack at step {@code t} because they start at zero: {@code
 * 1 - beta^t}. A function of the fed step, so no variable holds powers that could race or drift; in
 * double precision, for {@code 1 - 0.999f} keeps only four digits in float.
 *
 * @param first of the first moment, a scalar
 * @param secondRoot the square root of that of the second moment, a scalar
 */
record BiasCorrection(Operand<TFloat32> first, Operand<TFloat32> secondRoot) {
  static BiasCorrection at(Ops tf, Operand<TFloat32> step, float beta1, float beta2) {
    Operand<TFloat64> steps = tf.dtypes.cast(step, TFloat64.class);
    return new BiasCorrection(
        toFloat(tf, missing(tf, beta1, steps)),
        toFloat(tf, tf.math.sqrt(missing(tf, beta2, steps))));
  }

  private static Operand<TFloat64> missing(Ops tf, double beta, Operand<TFloat64> steps) {
    return tf.math.sub(tf.constant(1.0), tf.math.pow(tf.constant(beta), steps));
  }

  private static Cast<TFloat32> toFloat(Ops tf, Operand<TFloat64> value) {
    return tf.dtypes.cast(value, TFloat32.class);
  }
}
