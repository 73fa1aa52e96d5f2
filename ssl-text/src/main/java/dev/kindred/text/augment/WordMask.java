package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import dev.kindred.text.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;

/**
 * Puts one piece, the mask, in the place of each piece of a word with the probability {@code rate}.
 *
 * @param rate in {@code [0, 1]}
 * @param mask the id of the piece, as {@link dev.kindred.text.tokenizer.Tokenizer#mask} gives it
 */
public record WordMask(double rate, int mask) implements TextAugmentation {
  /**
   * Checks the rate and the id.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public WordMask {
    Require.share("rate", rate);
    Require.atLeastZero("mask", mask);
  }

  @Override
  public Tokens apply(Ops tf, Tokens tokens, Randomness randomness) {
    Operand<TBool> hidden =
        tf.math.logicalAnd(
            tokens.real(tf),
            tf.math.less(Words.draws(tf, tokens, randomness), tf.constant((float) rate)));
    Operand<TInt32> masks = tf.math.add(tf.zerosLike(tokens.ids()), tf.constant(mask));
    return tokens.withIds(tf.select(hidden, masks, tokens.ids()));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "word_mask");
    settings.put("rate", rate);
    settings.put("mask", mask);
    return settings;
  }
}
