package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import dev.kindred.text.Tokens;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Puts the words in another order: each is moved back by up to {@code distance} places, and the
 * pieces of a word stay together. A distance up to 1 changes nothing, one of 2 swaps each pair of
 * neighbours with a probability of 1/8, and a large one shuffles all, as ConSERT does. Only an
 * encoder that knows of order sees a difference.
 *
 * @param distance {@code > 0}
 * @see <a href="https://arxiv.org/abs/2105.11741">Yan et al. 2021, ConSERT</a>
 */
public record WordShuffle(double distance) implements TextAugmentation {
  /** More than the words of any text. */
  private static final double FAR = 1e6;

  /**
   * Checks the distance.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public WordShuffle {
    Require.positive("distance", distance);
  }

  @Override
  public Tokens apply(Ops tf, Tokens tokens, Randomness randomness) {
    Operand<TFloat32> word = tf.dtypes.cast(tokens.words(), TFloat32.class);
    Operand<TFloat32> moved =
        tf.math.add(
            word, tf.math.mul(Words.draws(tf, tokens, randomness), tf.constant((float) distance)));
    return Words.ordered(
        tf, tokens, tf.select(tokens.real(tf), moved, edges(tf, tokens)), tokens.lengths());
  }

  /** Pieces of no word stay in front of the words or behind them, and padding behind all. */
  private Operand<TFloat32> edges(Ops tf, Tokens tokens) {
    Operand<TInt32> begun =
        tf.math.cumsum(tf.dtypes.cast(tokens.real(tf), TInt32.class), tf.constant(1));
    Operand<TFloat32> behind =
        tf.dtypes.cast(tf.math.greater(begun, tf.constant(0)), TFloat32.class);
    return tf.math.sub(tf.math.mul(behind, tf.constant((float) (FAR + distance))), tf.constant(1f));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "word_shuffle", "distance", distance);
  }
}
