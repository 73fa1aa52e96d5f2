package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import dev.kindred.text.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Drops each word with the probability {@code rate}, but never all: the one with the largest draw
 * stays. TSDAE drops 0.6; SimCSE tried 0.1 and found dropout better.
 *
 * <p>With a {@link WordChoice} only the words go that it lets go, such as articles and adjectives.
 * It is asked on the host while texts are packed, which needs a {@link
 * dev.kindred.text.tokenizer.SplitTokenizer}, whose words it gets.
 *
 * @param rate in {@code [0, 1]}
 * @param choice who says what may go; without one, any word may
 * @see <a href="https://arxiv.org/abs/2104.06979">Wang et al. 2021, TSDAE</a>
 */
public record WordDeletion(double rate, Optional<WordChoice> choice) implements TextAugmentation {
  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is outside its range
   */
  public WordDeletion {
    Require.share("rate", rate);
  }

  /** Any word may go. */
  public WordDeletion(double rate) {
    this(rate, Optional.empty());
  }

  /** Only words may go that {@code choice} lets go. */
  public WordDeletion(double rate, WordChoice choice) {
    this(rate, Optional.of(choice));
  }

  @Override
  public Tokens apply(Ops tf, Tokens tokens, Randomness randomness) {
    Operand<TBool> real = tokens.real(tf);
    Operand<TFloat32> draw =
        tf.math.mul(
            restricted(tf, tokens, Words.draws(tf, tokens, randomness)),
            tf.dtypes.cast(real, TFloat32.class));
    Operand<TFloat32> largest = tf.reduceMax(draw, tf.constant(1), ReduceMax.keepDims(true));
    Operand<TBool> lucky =
        tf.math.logicalOr(
            tf.math.greaterEqual(draw, tf.constant((float) rate)),
            tf.math.greaterEqual(draw, largest));
    return Words.keep(tf, tokens, tf.math.logicalOr(lucky, tf.math.logicalNot(real)));
  }

  /** Words that may not go draw 1, which no other does and which always stays. */
  private Operand<TFloat32> restricted(Ops tf, Tokens tokens, Operand<TFloat32> draw) {
    if (choice.isEmpty()) {
      return draw;
    }
    Operand<TInt32> mayGo =
        tokens
            .mayGo()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "tokens must say which words may go, for this deletion asks; have"
                            + " TextViews pack them"));
    return tf.select(tf.math.greater(mayGo, tf.constant(0)), draw, tf.onesLike(draw));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "word_deletion");
    settings.put("rate", rate);
    choice.ifPresent(asked -> settings.put("choice", asked.name()));
    return settings;
  }
}
