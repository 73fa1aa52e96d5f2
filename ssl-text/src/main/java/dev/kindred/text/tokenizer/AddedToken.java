package dev.kindred.text.tokenizer;

/**
 * A piece that is found in a text as it stands, before the text is cut into words.
 *
 * @param stripLeft whether it takes the white space before it
 * @param stripRight whether it takes the white space after it
 * @param normalized whether Hugging Face's libraries look for it after normalising
 * @param special whether it is a mark rather than text
 */
record AddedToken(
    String content,
    int id,
    boolean stripLeft,
    boolean stripRight,
    boolean normalized,
    boolean special) {
  static AddedToken special(Vocabulary vocabulary, String content) {
    return new AddedToken(content, vocabulary.require(content), false, false, false, true);
  }
}
