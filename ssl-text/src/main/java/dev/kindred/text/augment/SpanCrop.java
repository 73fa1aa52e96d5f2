package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import dev.kindred.text.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
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
    Operand<TFloat32> size =
        tf.math.maximum(tf.constant(1f), tf.math.round(tf.math.mul(words, share)));
    Operand<TFloat32> places =
        tf.math.maximum(tf.constant(1f), tf.math.add(tf.math.sub(words, size), tf.constant(1f)));
    Operand<TFloat32> first =
        tf.math.floor(tf.math.mul(Words.draw(tf, tokens, randomness, "first"), places));
    Operand<TInt32> from = tf.dtypes.cast(first, TInt32.class);
    Operand<TInt32> to = tf.dtypes.cast(tf.math.add(first, size), TInt32.class);
    Operand<TBool> inside =
        tf.math.logicalAnd(
            tf.math.greaterEqual(tokens.words(), from), tf.math.less(tokens.words(), to));
    return Words.keep(tf, tokens, tf.math.logicalOr(inside, tf.math.logicalNot(tokens.real(tf))));
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
