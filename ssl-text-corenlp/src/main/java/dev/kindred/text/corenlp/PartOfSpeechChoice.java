package dev.kindred.text.corenlp;

import dev.kindred.text.augment.WordChoice;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets words of certain classes go and keeps all others, so that a view with words deleted still
 * says nearly the same. Expects the words as {@link CoreNlpWords} cuts them: a splitter that breaks
 * {@code don't} elsewhere hides its negation.
 *
 * <p>Immutable, deterministic, and safe for use from several threads at once.
 */
public final class PartOfSpeechChoice implements WordChoice {
  private static final Set<WordClass> MODIFIERS =
      Set.of(WordClass.ADJECTIVE, WordClass.ADVERB, WordClass.DETERMINER, WordClass.PREPOSITION);

  private final CoreNlpTagger tagger;
  private final Set<WordClass> classes;

  /** Words of {@code classes} may go, by the tags of {@code tagger}. */
  public PartOfSpeechChoice(CoreNlpTagger tagger, Set<WordClass> classes) {
    this.tagger = tagger;
    this.classes = Set.copyOf(classes);
  }

  /**
   * Determiners, prepositions, adverbs and adjectives may go; nouns, verbs, numbers, negations and
   * all else stay.
   */
  public static PartOfSpeechChoice modifiers(CoreNlpTagger tagger) {
    return new PartOfSpeechChoice(tagger, MODIFIERS);
  }

  /** {@inheritDoc} Such as {@code parts of speech ADJECTIVE ADVERB}; the tagger is not told. */
  @Override
  public String name() {
    return classes.stream()
        .sorted()
        .map(WordClass::name)
        .collect(Collectors.joining(" ", "parts of speech ", ""));
  }

  @Override
  public boolean[] choose(List<String> words) {
    List<TaggedWord> tagged = tagger.tag(words);
    boolean[] mayGo = new boolean[tagged.size()];
    for (int i = 0; i < mayGo.length; i++) {
      mayGo[i] = classes.contains(tagged.get(i).wordClass());
    }
    return mayGo;
  }
}
