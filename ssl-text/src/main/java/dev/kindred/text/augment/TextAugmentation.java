package dev.kindred.text.augment;

import dev.kindred.data.Randomness;
import dev.kindred.text.Tokens;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.op.Ops;

/** A random change of tokenised text, in the graph. Immutable. */
public interface TextAugmentation {
  /**
   * Adds the change to the graph. Pieces of no word, such as a class token, stay as they are.
   *
   * @param randomness where the random numbers come from
   */
  Tokens apply(Ops tf, Tokens tokens, Randomness randomness);

  /** Who is to be asked beforehand which words may go; nobody unless a change needs it. */
  default Optional<WordChoice> choice() {
    return Optional.empty();
  }

  /** Everything that defines this change, in JSON types; {@code name} is always there. */
  Map<String, Object> settings();
}
