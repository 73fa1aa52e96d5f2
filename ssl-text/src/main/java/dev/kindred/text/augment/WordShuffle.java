package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import dev.kindred.text.Tokens;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Puts the words in another order: each is moved back by up to {@code distance} places, and the
 * pieces of a word stay together. A distance of 1 or a little more swaps neighbours; a large one
 * shuffles all, as ConSERT does. Only an encoder that knows of order sees a difference.
 *
 * @param distance {@code > 0}
 * @see <a href="https://arxiv.org/abs/2105.11741">Yan et al. 2021, ConSERT</a>
 */
public record WordShuffle(double distance) implements TextAugmentation {
  private static final float FRONT = -1;

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
    return Words.ordered(tf, tokens, tf.select(Words.real(tf, tokens), moved, edges(tf, tokens)));
  }

  /** Pieces of no word stay in front of the words or behind them, and padding behind all. */
  private Operand<TFloat32> edges(Ops tf, Tokens tokens) {
    Operand<TFloat32> positions =
        tf.math.add(
            tf.dtypes.cast(tokens.positions(tf), TFloat32.class),
            tf.dtypes.cast(tf.zerosLike(tokens.ids()), TFloat32.class));
    Operand<TBool> front = tf.math.equal(positions, tf.constant(0f));
    Operand<TFloat32> behind = tf.math.add(positions, tf.constant((float) (1e6 + distance)));
    return tf.select(
        front, tf.math.add(tf.math.mul(positions, tf.constant(0f)), tf.constant(FRONT)), behind);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "word_shuffle", "distance", distance);
  }
}
