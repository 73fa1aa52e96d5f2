package dev.kindred.text.data;

import dev.kindred.data.Dataset;
import dev.kindred.data.Encoded;
import dev.kindred.text.TextExample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Opens corpora that are named by one string, as on the command line.
 *
 * <table>
 *   <caption>What a corpus may be</caption>
 *   <tr><th>source</th><th>an example</th><th>its id</th></tr>
 *   <tr><td>a folder</td><td>a sentence of a {@code .txt} file, at any depth</td>
 *       <td>{@code path/in/folder.txt#1}</td></tr>
 *   <tr><td>{@code tar:GLOB}, tar shards as {@link TarTexts} reads them</td>
 *       <td>a {@code .txt} entry</td><td>its key</td></tr>
 *   <tr><td>a file called {@code .tsv}: a header, then rows of values between tabs, unquoted</td>
 *       <td>some columns of a row</td><td>the number of the line, the header's is 1</td></tr>
 *   <tr><td>a file called {@code .jsonl} or {@code .ndjson}: a JSON object a line</td>
 *       <td>some members of an object</td><td>the number of the line from 1</td></tr>
 *   <tr><td>any other file</td><td>a line</td><td>the number of the line from 1</td></tr>
 * </table>
 *
 * <p>Text is UTF-8, with or without a byte order mark; lines end by {@code \n} or {@code \r\n}. A
 * file may be packed by gzip, which is recognised by its first bytes; a {@code .gz} at the end of
 * its name is ignored. Texts are stripped. Lines without text, and rows of which a text is empty,
 * are left out; how many is logged.
 *
 * <p>A corpus is read once when it is opened, and everything wrong is found then; kept are eight
 * bytes for each example (where it starts), eight for each of its texts (their {@link
 * Dataset#keys}) and four for its label if it has one. {@link Dataset#get} reads from the file,
 * which must not be changed meanwhile; it is safe for use from several threads. A packed file is
 * first unpacked into a temporary one, and so are the sentences of a folder, their line breaks as
 * spaces; {@link Dataset#close} deletes it.
 */
public final class TextSources {
  /** What the names of tar shards start with. */
  public static final String SHARDS = "tar:";

  private static final String GENERATED = "paraphrases:[1-9][0-9]{0,7}";

  private TextSources() {}

  /**
   * Opens a corpus, documents cut by the JDK's rules for English.
   *
   * @param source a folder or a file; {@code tar:GLOB} for {@link TarTexts}, which are read only
   *     where they are asked for; or {@code paraphrases:N} for N pairs of {@link
   *     GeneratedParaphrases}
   * @param columns what of a table to take; {@link Columns#none} for anything else
   * @throws dev.kindred.runtime.KindredException if it is missing or may not be read; is not UTF-8
   *     text (with the line and the offset in bytes), has a line longer than {@value
   *     LineReader#MAX_LINE} bytes, no example at all, or damage in its packing; if columns are
   *     needed and not given, or given and not there; if a row has more or fewer values than the
   *     header, or a score that is no finite number, or a line is no JSON object of strings
   */
  public static Dataset<TextExample> open(String source, Columns columns) {
    if (source.matches(GENERATED)) {
      int count = Integer.parseInt(source.substring(source.indexOf(':') + 1));
      return GeneratedParaphrases.of(count, 0);
    }
    if (source.startsWith(SHARDS)) {
      requireNoColumns(source, columns);
      return TarTexts.open(source.substring(SHARDS.length()));
    }
    return open(Path.of(source), columns, SentenceSplitter.jdk(Locale.ENGLISH));
  }

  private static void requireNoColumns(String source, Columns columns) {
    if (!columns.texts().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: shards have no columns, but these are asked for: %s; leave them out"
              .formatted(source, columns));
    }
  }

  /** The texts as files, for examples of one text each. */
  public static Encoded encoded(Dataset<TextExample> examples) {
    return new SingleTexts(examples);
  }

  /**
   * Opens a corpus as {@link #open(String, Columns)} does, a folder's documents cut by {@code
   * splitter}.
   *
   * @throws dev.kindred.runtime.KindredException as there
   */
  public static Dataset<TextExample> open(Path source, Columns columns, SentenceSplitter splitter) {
    return Files.isDirectory(source)
        ? Documents.open(source, columns, splitter)
        : LineCorpus.open(source, columns);
  }
}
