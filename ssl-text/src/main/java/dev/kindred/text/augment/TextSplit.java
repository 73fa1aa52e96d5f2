package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.text.Tokens;
import java.util.List;
import java.util.Map;
import org.tensorflow.op.Ops;

/**
 * Two views of a text that are drawn together, such as two parts of it that share no word.
 * Immutable.
 */
public interface TextSplit {
  /** The number of views that a split gives. */
  int VIEWS = 2;

  /**
   * Adds the split to the graph. Pieces of no word, such as a class token, are in both views.
   *
   * @param randomness where the random numbers come from
   * @return {@link #VIEWS} views
   */
  List<Tokens> apply(Ops tf, Tokens tokens, Randomness randomness);

  /** Everything that defines this split, in JSON types; {@code name} is always there. */
  Map<String, Object> settings();
}
