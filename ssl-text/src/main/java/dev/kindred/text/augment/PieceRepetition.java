package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import dev.kindred.text.Tokens;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Repeats pieces, so that the two views of a text differ in length, which else gives a pair away.
 * Each piece of a word is there twice with a probability that is drawn evenly from 0 to {@code
 * rate} for each text. What is longer than the views may be then is cut as texts are.
 *
 * @param rate in {@code [0, 1]}; ESimCSE's is 0.32
 * @see <a href="https://arxiv.org/abs/2109.04380">Wu et al. 2021, ESimCSE</a>
 */
public record PieceRepetition(double rate) implements TextAugmentation {
  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is outside its range
   */
  public PieceRepetition {
    Require.share("rate", rate);
  }

  @Override
  public Tokens apply(Ops tf, Tokens tokens, Randomness randomness) {
    Operand<TFloat32> bound =
        tf.math.mul(Words.draw(tf, tokens, randomness, "rate"), tf.constant((float) rate));
    Operand<TBool> twice =
        tf.math.logicalAnd(
            tokens.real(tf), tf.math.less(Words.ofPlaces(tf, tokens, randomness, "pieces"), bound));
    Operand<TInt32> times =
        tf.math.add(
            tf.dtypes.cast(twice, TInt32.class), tf.dtypes.cast(tokens.present(tf), TInt32.class));
    Operand<TInt32> ends = tf.math.cumsum(times, tf.constant(1));
    Operand<TInt32> lengths = tf.reduceSum(times, tf.constant(1), ReduceSum.keepDims(false));
    return tokens.at(tf, sources(tf, tokens, ends, lengths), lengths);
  }

  /** Which piece is at each place of the longer texts, {@code [batch, longest]}. */
  private static Operand<TInt32> sources(
      Ops tf, Tokens tokens, Operand<TInt32> ends, Operand<TInt32> lengths) {
    Operand<TInt32> width =
        tf.math.maximum(tokens.width(tf), tf.reduceMax(lengths, tf.constant(0)));
    Operand<TInt32> places =
        tf.tile(
            tf.expandDims(tf.range(tf.constant(0), width, tf.constant(1)), tf.constant(0)),
            tf.stack(List.of(tokens.count(tf), tf.constant(1))));
    return tf.math.minimum(
        tf.upperBound(ends, places), tf.math.sub(tokens.width(tf), tf.constant(1)));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "piece_repetition", "rate", rate);
  }
}
