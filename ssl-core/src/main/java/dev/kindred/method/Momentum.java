package dev.kindred.method;

import dev.kindred.runtime.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How much of a momentum branch's weights stays at each update of the online ones: {@code momentum
 * = tau momentum + (1 - tau) online}, after the optimizer.
 *
 * @param start tau at first, in {@code [0, 1]}
 * @param rising whether tau rises to 1 on a cosine over the run, {@code 1 - (1 - start) (cos(pi
 *     progress) + 1) / 2}, as in BYOL; else it stays
 */
public record Momentum(double start, boolean rising) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the start is not in {@code [0, 1]}
   */
  public Momentum {
    Require.that(start >= 0 && start <= 1, "momentum", "in [0, 1]", start);
  }

  /** The same tau at every step. */
  public static Momentum constant(double tau) {
    return new Momentum(tau, false);
  }

  /** A tau that rises from {@code start} to 1. */
  public static Momentum rising(double start) {
    return new Momentum(start, true);
  }

  /**
   * Tau in the graph.
   *
   * @param progress the share of the run that is done, a scalar
   */
  Operand<TFloat32> at(Ops tf, Operand<TFloat32> progress) {
    if (!rising) {
      return tf.constant((float) start);
    }
    Operand<TFloat32> wave = tf.math.cos(tf.math.mul(progress, tf.constant((float) Math.PI)));
    Operand<TFloat32> share = tf.math.mul(tf.math.add(wave, tf.constant(1f)), tf.constant(0.5f));
    return tf.math.sub(tf.constant(1f), tf.math.mul(share, tf.constant((float) (1 - start))));
  }
}
