package dev.kindred.text.corenlp;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import edu.stanford.nlp.ling.SentenceUtils;
import edu.stanford.nlp.process.Morphology;
import edu.stanford.nlp.tagger.maxent.MaxentTagger;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of speech and the lemmas of English words, by CoreNLP's maximum-entropy tagger
 * (Toutanova et al., "Feature-Rich Part-of-Speech Tagging with a Cyclic Dependency Network", NAACL
 * 2003) and its finite-state morphology.
 *
 * <p>Loading takes time and memory: load one and share it. Immutable, deterministic, and safe for
 * use from several threads at once.
 */
public final class CoreNlpTagger {
  /** CoreNLP's own tagger for English, in its models' jar. */
  static final String ENGLISH =
      "edu/stanford/nlp/models/pos-tagger/english-left3words-distsim.tagger";

  /** Its lexer remembers its place in the word of the moment. */
  private static final ThreadLocal<Morphology> MORPHOLOGY =
      ThreadLocal.withInitial(() -> new Morphology(Reader.nullReader()));

  private final MaxentTagger tagger;
  private final CoreNlpSentences sentences = CoreNlpSentences.ofParagraphs();
  private final CoreNlpWords words = new CoreNlpWords();

  private CoreNlpTagger(MaxentTagger tagger) {
    this.tagger = tagger;
  }

  /**
   * CoreNLP's own tagger for English, from the models on the classpath.
   *
   * @throws KindredException if they are not there, naming the artifact to add, or cannot be read
   */
  public static CoreNlpTagger english() {
    try (InputStream model = MaxentTagger.class.getResourceAsStream("/" + ENGLISH)) {
      return read(ENGLISH, present(model));
    } catch (IOException e) {
      throw notATagger(ENGLISH, e);
    }
  }

  /**
   * A tagger from a file of CoreNLP's format, such as one of its models for other kinds of English
   * text. Such a file holds serialized Java objects: load none that you do not trust.
   *
   * @throws KindredException if the file cannot be read or is not a tagger
   */
  public static CoreNlpTagger load(Path file) {
    try (InputStream model = new BufferedInputStream(Files.newInputStream(file))) {
      return read(file, model);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  /** The words of {@code text}, as {@link CoreNlpWords} cuts each of its sentences. */
  public List<TaggedWord> tag(String text) {
    return sentences.sentences(text).stream().flatMap(s -> tag(words.words(s)).stream()).toList();
  }

  /** The words of one sentence, in their order. */
  public List<TaggedWord> tag(List<String> sentence) {
    Morphology forms = MORPHOLOGY.get();
    return tagger.tagSentence(SentenceUtils.toWordList(sentence.toArray(String[]::new))).stream()
        .map(word -> tagged(word.word(), word.tag(), forms))
        .toList();
  }

  private static TaggedWord tagged(String word, String tag, Morphology forms) {
    return new TaggedWord(word, tag, forms.lemma(word, tag, true));
  }

  private static CoreNlpTagger read(Object source, InputStream model) {
    try {
      return new CoreNlpTagger(new MaxentTagger(model, new Properties(), false));
    } catch (RuntimeException e) {
      throw notATagger(source, e);
    }
  }

  private static InputStream present(@Nullable InputStream model) {
    if (model == null) {
      throw new KindredException(
          ("CoreNLP's models must be on the classpath, %s was not; add"
                  + " edu.stanford.nlp:stanford-corenlp:%s:models (classifier models, some 400 MB)"
                  + " to the application's dependencies")
              .formatted(ENGLISH, version()));
    }
    return model;
  }

  private static String version() {
    String version = MaxentTagger.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "VERSION");
  }

  private static KindredException notATagger(Object source, Exception cause) {
    return new KindredException(
        source + ": not a part-of-speech tagger of CoreNLP, or not whole; take one of its models",
        cause);
  }
}
