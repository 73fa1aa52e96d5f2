package dev.kindred.text.corenlp;

/**
 * A word and what it is in its sentence.
 *
 * @param word as the text has it
 * @param tag its part of speech, such as {@code VBD}, in the tag set of the model, which is the
 *     Penn Treebank's for English
 * @param lemma its uninflected form, such as {@code go} for {@code went}; in lower case, except for
 *     names
 */
public record TaggedWord(String word, String tag, String lemma) {
  /** What the word does, coarsely. */
  public WordClass wordClass() {
    return WordClass.of(word, tag);
  }
}
