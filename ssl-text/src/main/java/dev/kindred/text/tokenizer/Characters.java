package dev.kindred.text.tokenizer;

/** What Unicode says of characters, where {@link Character} does not say just that. */
final class Characters {
  private static final char REPLACEMENT = '\uFFFD';

  private Characters() {}

  /** Unicode's White_Space. */
  static boolean isWhiteSpace(int character) {
    return Character.isSpaceChar(character)
        || (character >= '\t' && character <= '\r')
        || character == 0x85;
  }

  /** {@code text} with each surrogate that has no partner replaced by U+FFFD. */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (isLone(text.codePointAt(i))) {
        return replaced(text, i);
      }
    }
    return text;
  }

  private static String replaced(String text, int from) {
    StringBuilder out = new StringBuilder(text.length()).append(text, 0, from);
    text.substring(from)
        .codePoints()
        .forEach(character -> out.appendCodePoint(isLone(character) ? REPLACEMENT : character));
    return out.toString();
  }

  private static boolean isLone(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }
}
