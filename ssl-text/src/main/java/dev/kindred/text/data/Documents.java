package dev.kindred.text.data;

import dev.kindred.data.Dataset;
import dev.kindred.data.FolderWalk;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import dev.kindred.text.TextExample;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a folder of documents: cuts each into sentences, and writes these into a temporary file, a
 * line each.
 */
final class Documents {
  /** The characters that a document may have. */
  static final int MAX_DOCUMENT = 1 << 26;

  private static final Logger LOG = LoggerFactory.getLogger(Documents.class);
  private static final Pattern LINE_ENDS = Pattern.compile("\\s*\\R\\s*");

  private final Path folder;
  private final SentenceSplitter splitter;
  private final CorpusIndex.Builder index = new CorpusIndex.Builder(1);
  private final LongStream.Builder firsts = LongStream.builder();
  private long written;
  private int without;

  private Documents(Path folder, SentenceSplitter splitter) {
    this.folder = folder;
    this.splitter = splitter;
  }

  /**
   * Reads every document once.
   *
   * @throws KindredException as {@link TextSources#open(String, Columns)} says
   */
  static Dataset<TextExample> open(Path folder, Columns columns, SentenceSplitter splitter) {
    LineCorpus.requireNoColumns(folder, columns);
    return read(folder, splitter).corpus();
  }

  /**
   * The sentences of a folder's documents.
   *
   * @param firsts the first sentence of each document
   */
  record Sentences(TextCorpus corpus, long[] firsts) {}

  /**
   * Reads every document once.
   *
   * @throws KindredException as {@link TextSources#open(String, Columns)} says
   */
  static Sentences read(Path folder, SentenceSplitter splitter) {
    List<String> names = FolderWalk.ids(folder, "documents", Set.of("txt"));
    if (names.isEmpty()) {
      throw new KindredException(
          folder
              + ": holds no document; files must be called .txt: give another folder, or a file");
    }
    Path file = StoredText.temporaryFile();
    try {
      return new Documents(folder, splitter).read(names, file);
    } catch (RuntimeException e) {
      WholeFile.delete(file);
      throw e;
    }
  }

  private Sentences read(List<String> names, Path file) {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        add(name, out);
      }
    } catch (IOException e) {
      throw StoredText.cannotKeep(folder, file, e);
    }
    requireSome();
    long[] starts = firsts.build().toArray();
    return new Sentences(
        new TextCorpus(
            "folder " + folder,
            StoredText.temporary(file),
            index.build(written),
            RowFormat.TEXT,
            ids(names, starts)),
        starts);
  }

  private void add(String name, OutputStream out) throws IOException {
    int first = index.size();
    firsts.add(first);
    for (String sentence : splitter.sentences(document(folder.resolve(name)))) {
      String line = LINE_ENDS.matcher(sentence).replaceAll(" ");
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
      requireShort(name, index.size() - first + 1, bytes.length - 1);
      index.add(written, new Row(List.of(line), ""));
      out.write(bytes);
      written += bytes.length;
    }
    without += index.size() == first ? 1 : 0;
  }

  private static String document(Path file) {
    StringBuilder document = new StringBuilder();
    try (LineReader lines = LineReader.open(file)) {
      while (lines.next()) {
        document.append(lines.text()).append('\n');
        if (document.length() > MAX_DOCUMENT) {
          throw lines.failure(
              "the document is longer than %,d characters; cut it into several files, or give it alone to have its lines as sentences"
                  .formatted(MAX_DOCUMENT),
              null);
        }
      }
    }
    return document.toString();
  }

  private void requireShort(String name, int number, int length) {
    if (length > LineReader.MAX_LINE) {
      throw new KindredException(
          "%s: sentence %d: longer than %,d bytes; cut the document into shorter ones"
              .formatted(folder.resolve(name), number, LineReader.MAX_LINE));
    }
  }

  private void requireSome() {
    if (index.size() == 0) {
      throw new KindredException(folder + ": its documents hold no sentence; give another folder");
    }
    if (without > 0) {
      LOG.info("{}: {} documents without a sentence are left out", folder, without);
    }
  }

  private static IntFunction<String> ids(List<String> names, long[] firsts) {
    return example -> {
      int document = CorpusIndex.countUpTo(example, firsts) - 1;
      return names.get(document) + "#" + (1 + example - firsts[document]);
    };
  }
}
