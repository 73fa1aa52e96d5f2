package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.runtime.Require;
import dev.kindred.text.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A few neighbouring words, and the words around them: what word2vec learns from, as two views that
 * share no word. Words that are found among the same others get like vectors. The few are 1 to
 * {@code longest}, drawn evenly, at most half of the text, from an even place on; a text of one
 * word is both views.
 *
 * @param longest the most words of the first view, at least 1
 * @param width how many words before and after them are the second view, at least 1
 * @see <a href="https://arxiv.org/abs/1301.3781">Mikolov et al. 2013, Efficient Estimation of Word
 *     Representations in Vector Space</a>
 */
public record Surroundings(int longest, int width) implements TextSplit {
  /** The words of word2vec's window to either side. */
  public static final int DEFAULT_WIDTH = 5;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public Surroundings {
    Require.atLeastOne("longest", longest);
    Require.atLeastOne("width", width);
  }

  @Override
  public List<Tokens> apply(Ops tf, Tokens tokens, Randomness randomness) {
    Operand<TFloat32> words = tf.dtypes.cast(Words.count(tf, tokens), TFloat32.class);
    Operand<TFloat32> most =
        Words.atLeastOne(
            tf,
            tf.math.minimum(
                tf.math.floor(tf.math.mul(words, tf.constant(0.5f))),
                tf.constant((float) longest)));
    Operand<TFloat32> size =
        tf.math.add(
            tf.constant(1f),
            tf.math.floor(tf.math.mul(Words.draw(tf, tokens, randomness, "size"), most)));
    Operand<TInt32> first = Words.firstOf(tf, tokens, size, words, randomness);
    Operand<TInt32> behind = tf.math.add(first, tf.dtypes.cast(size, TInt32.class));
    Operand<TInt32> reach = tf.constant(width);
    Operand<TBool> few = Words.between(tf, tokens, first, behind);
    Operand<TBool> near =
        Words.between(tf, tokens, tf.math.sub(first, reach), tf.math.add(behind, reach));
    Operand<TBool> alone = tf.math.less(words, tf.constant(2f));
    Operand<TBool> around =
        tf.math.logicalAnd(near, tf.math.logicalOr(alone, tf.math.logicalNot(few)));
    return List.of(Words.keepOfWords(tf, tokens, few), Words.keepOfWords(tf, tokens, around));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "surroundings");
    settings.put("longest", longest);
    settings.put("width", width);
    return settings;
  }
}
