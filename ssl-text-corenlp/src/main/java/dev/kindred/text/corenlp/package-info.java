/**
 * English text by Stanford CoreNLP: sentences, words, parts of speech and lemmas behind the
 * interfaces of ssl-text.
 *
 * <p>CoreNLP is under the GPL, version 3 or later, and so is this package, alone of all of Kindred:
 * an application that is distributed with it is under the GPL as a whole.
 *
 * <p>{@link dev.kindred.text.corenlp.CoreNlpSentences} and {@link
 * dev.kindred.text.corenlp.CoreNlpWords} work by rules. {@link
 * dev.kindred.text.corenlp.CoreNlpTagger}, and what is built upon it, reads CoreNLP's models, which
 * the application adds to its classpath itself: {@code edu.stanford.nlp:stanford-corenlp} of the
 * same version with the classifier {@code models}.
 *
 * <pre>{@code
 * List<String> sentences = CoreNlpSentences.ofParagraphs().sentences("Dr. Smith left. He's back.");
 * List<String> words = new CoreNlpWords().words(sentences.get(1)); // He 's back .
 *
 * CoreNlpTagger tagger = CoreNlpTagger.english();
 * WordSplitter lemmas = new CoreNlpLemmas(tagger);
 * WordChoice mayGo = PartOfSpeechChoice.modifiers(tagger);
 * }</pre>
 *
 * <p>Everything here is deterministic and safe for use from several threads at once.
 */
@NullMarked
package dev.kindred.text.corenlp;

import org.jspecify.annotations.NullMarked;
