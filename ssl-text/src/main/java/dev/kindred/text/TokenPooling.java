package dev.kindred.text;

import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/** What becomes of the vectors of a text's pieces: one vector, of zeros if there is no piece. */
public enum TokenPooling {
  /** Their mean. */
  MEAN,
  /**
   * Their mean, weighted by a number of each piece of the vocabulary, which is trained: {@code
   * sum_i w(i) v(i) / sum_i |w(i)|}.
   */
  WEIGHTED_MEAN,
  /** The first one, which a tokenizer with a class token puts before the text. */
  FIRST,
  /** The largest of each number. */
  MAX;

  private static final float NEVER = -1e9f;
  private static final float NO_WEIGHT = 1e-9f;

  /** How settings name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Adds the pooling to the graph.
   *
   * @param vectors {@code [batch, width, dimension]}
   * @param weights of the pieces, {@code [batch, width]}, 0 at padding; 1 elsewhere unless this is
   *     {@link #WEIGHTED_MEAN}
   * @return {@code [batch, dimension]}
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> vectors, Operand<TFloat32> weights) {
    return switch (this) {
      case MEAN, WEIGHTED_MEAN -> mean(tf, vectors, weights);
      case FIRST -> ofAny(tf, tf.gather(vectors, tf.constant(0), tf.constant(1)), weights);
      case MAX -> ofAny(tf, max(tf, vectors, weights), weights);
    };
  }

  private static Operand<TFloat32> mean(
      Ops tf, Operand<TFloat32> vectors, Operand<TFloat32> weights) {
    Operand<TFloat32> sum =
        tf.reduceSum(tf.math.mul(vectors, tf.expandDims(weights, tf.constant(2))), tf.constant(1));
    Operand<TFloat32> total =
        tf.reduceSum(tf.math.abs(weights), tf.constant(1), ReduceSum.keepDims(true));
    return tf.math.div(sum, tf.math.maximum(total, tf.constant(NO_WEIGHT)));
  }

  /** The rows of texts that have a piece, and zeros for the others. */
  private static Operand<TFloat32> ofAny(
      Ops tf, Operand<TFloat32> rows, Operand<TFloat32> weights) {
    Operand<TFloat32> any =
        tf.reduceMax(tf.math.sign(weights), tf.constant(1), ReduceMax.keepDims(true));
    return tf.math.mul(rows, any);
  }

  private static Operand<TFloat32> max(
      Ops tf, Operand<TFloat32> vectors, Operand<TFloat32> weights) {
    Operand<TFloat32> hidden =
        tf.math.mul(tf.math.sub(tf.constant(1f), tf.math.sign(weights)), tf.constant(NEVER));
    return tf.reduceMax(
        tf.math.add(vectors, tf.expandDims(hidden, tf.constant(2))),
        tf.constant(1),
        ReduceMax.keepDims(false));
  }
}
