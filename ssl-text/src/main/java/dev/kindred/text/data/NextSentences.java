package dev.kindred.text.data;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.TextExample;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Each sentence of a folder's documents with the one after it, as pairs that belong together: what
 * is said one after the other is about the same. The last sentence of a document has none after it,
 * so that no pair is of two documents. Two pairs that share a sentence share a key ({@link
 * Dataset#keys}), and are kept out of one batch.
 *
 * <p>Read as {@link TextSources} reads a folder; beside that, four bytes are kept for each pair.
 * Safe for use from several threads.
 *
 * @see <a href="https://arxiv.org/abs/1803.02893">Logeswaran and Lee 2018, An efficient framework
 *     for learning sentence representations</a>
 */
public final class NextSentences implements Dataset<TextExample> {
  private final TextCorpus sentences;
  private final int[] firsts;

  private NextSentences(TextCorpus sentences, int[] firsts) {
    this.sentences = sentences;
    this.firsts = firsts;
  }

  /**
   * Opens the {@code .txt} files of a folder, at any depth.
   *
   * @throws KindredException as {@link TextSources#open(Path, Columns, SentenceSplitter)} says of a
   *     folder, or if no document has two sentences
   */
  public static NextSentences open(Path folder, SentenceSplitter splitter) {
    Documents.Sentences read = Documents.read(folder, splitter);
    int[] firsts = followed(read.corpus().size(), read.firsts());
    if (firsts.length == 0) {
      read.corpus().close();
      throw new KindredException(
          folder
              + ": none of its documents has two sentences, so that none follows another; give"
              + " longer documents, or take sentences alone");
    }
    return new NextSentences(read.corpus(), firsts);
  }

  /** The sentences that are not the last of their document. */
  private static int[] followed(int size, long[] documents) {
    return IntStream.range(0, size - 1)
        .filter(
            sentence ->
                CorpusIndex.countUpTo(sentence, documents)
                    == CorpusIndex.countUpTo(sentence + 1, documents))
        .toArray();
  }

  @Override
  public int size() {
    return firsts.length;
  }

  @Override
  public TextExample get(int index) {
    return TextExample.of(sentence(firsts[index]), sentence(firsts[index] + 1));
  }

  /** That of the first sentence, as {@code path/in/folder.txt#1}. */
  @Override
  public String id(int index) {
    return sentences.id(firsts[index]);
  }

  @Override
  public int label(int index) {
    return sentences.label(firsts[index]);
  }

  @Override
  public long[] keys(int index) {
    int first = firsts[index];
    return new long[] {sentences.keys(first)[0], sentences.keys(first + 1)[0]};
  }

  @Override
  public List<String> classNames() {
    return List.of();
  }

  @Override
  public String description() {
    return "sentences and the next of " + sentences.description();
  }

  @Override
  public void close() {
    sentences.close();
  }

  private String sentence(int index) {
    return sentences.get(index).parts().get(0);
  }
}
