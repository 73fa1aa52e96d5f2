package dev.kindred.text.corenlp;

import dev.kindred.text.tokenizer.WordSplitter;
import java.util.List;

/**
 * Cuts English text into the lemmas of its words, so that inflected forms share their pieces:
 * {@code The mice went} is {@code the mouse go}. The words are those that {@link CoreNlpWords}
 * finds in each sentence. Every text is tagged, which takes far longer than cutting it: meant for
 * corpora that are tokenised once.
 *
 * <p>Immutable, deterministic, and safe for use from several threads at once.
 */
public final class CoreNlpLemmas implements WordSplitter {
  private final CoreNlpTagger tagger;

  /** Lemmas by the tags of {@code tagger}. */
  public CoreNlpLemmas(CoreNlpTagger tagger) {
    this.tagger = tagger;
  }

  @Override
  public List<String> words(String text) {
    return tagger.tag(text).stream().map(TaggedWord::lemma).toList();
  }
}
