package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import dev.kindred.text.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Keeps neighbouring words, a share of all that is drawn evenly from a range, from an even place
 * on; one word at least. Two such spans of one document are DeCLUTR's anchor and positive.
 *
 * @param smallest the smallest share, in {@code (0, largest]}
 * @param largest the largest share, at most 1
 * @see <a href="https://arxiv.org/abs/2006.03659">Giorgi et al. 2020, DeCLUTR</a>
 */
public record SpanCrop(double smallest, double largest) implements TextAugmentation {
  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException if they are outside their range
   */
  public SpanCrop {
    Require.that(smallest > 0 && smallest <= largest, "smallest", "in (0, largest]", smallest);
    Require.share("largest", largest);
  }

  @Override
  public Tokens apply(Ops tf, Tokens tokens, Randomness randomness) {
    Operand<TFloat32> words = tf.dtypes.cast(Words.count(tf, tokens), TFloat32.class);
    Operand<TFloat32> share =
        tf.math.add(
            tf.math.mul(
                Words.draw(tf, tokens, randomness, "size"),
                tf.constant((float) (largest - smallest))),
            tf.constant((float) smallest));
    Operand<TFloat32> size = Words.atLeastOne(tf, tf.math.round(tf.math.mul(words, share)));
    Operand<TInt32> from = Words.firstOf(tf, tokens, size, words, randomness);
    Operand<TInt32> to = tf.math.add(from, tf.dtypes.cast(size, TInt32.class));
    return Words.keepOfWords(tf, tokens, Words.between(tf, tokens, from, to));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "span_crop");
    settings.put("smallest", smallest);
    settings.put("largest", largest);
    return settings;
  }
}
