package dev.kindred.text.data;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.TextExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a file of which each line is an example. */
final class LineCorpus {
  private static final Logger LOG = LoggerFactory.getLogger(LineCorpus.class);

  private final Path file;
  private final Columns columns;
  private final StoredText text;
  private final LongStream.Builder gaps = LongStream.builder();
  private int skipped;

  private LineCorpus(Path file, Columns columns, StoredText text) {
    this.file = file;
    this.columns = columns;
    this.text = text;
  }

  /**
   * Reads the file once.
   *
   * @throws KindredException as {@link TextSources#open(String, Columns)} says
   */
  static Dataset<TextExample> open(Path file, Columns columns) {
    StoredText text = StoredText.open(file);
    try (LineReader lines = new LineReader(file, text.stream())) {
      return new LineCorpus(file, columns, text).read(lines);
    } catch (IOException e) {
      text.close();
      throw Gzip.cannotRead(file, e);
    } catch (RuntimeException e) {
      text.close();
      throw e;
    }
  }

  private Dataset<TextExample> read(LineReader lines) {
    RowFormat format = format(lines);
    LongStream.range(0, lines.number()).forEach(header -> gaps.add(0));
    CorpusIndex.Builder index = new CorpusIndex.Builder(Math.max(1, columns.texts().size()));
    while (lines.next()) {
      String line = lines.text();
      Row row = line.isBlank() ? Row.EMPTY : format.row(line, lines::failure);
      if (row.incomplete()) {
        gaps.add(index.size());
        skipped++;
      } else {
        index.add(lines.start(), row);
      }
    }
    requireSome(index);
    return new TextCorpus(
        description(), text, index.build(lines.end()), format, ids(gaps.build().toArray()));
  }

  private void requireSome(CorpusIndex.Builder index) {
    if (index.size() == 0) {
      throw new KindredException(file + ": holds no text; give a file with one example a line");
    }
    if (skipped > 0) {
      LOG.info("{}: {} lines without text are left out", file, skipped);
    }
  }

  /** How lines are read, by the file's name; reads the header if there is one. */
  private RowFormat format(LineReader lines) {
    return switch (extension()) {
      case "tsv" -> TableRows.of(lines, columns);
      case "jsonl", "ndjson" -> new JsonRows(columns);
      default -> {
        requireNoColumns(file, columns);
        yield RowFormat.TEXT;
      }
    };
  }

  /**
   * Refuses columns for what has none.
   *
   * @throws KindredException if there are some
   */
  static void requireNoColumns(Path source, Columns columns) {
    if (!columns.texts().isEmpty()) {
      throw new KindredException(
          "%s: has no columns, for it is not called .tsv or .jsonl, but these are asked for: %s; rename it or leave them out"
              .formatted(source, columns));
    }
  }

  private String extension() {
    String name = file.toString().toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private String description() {
    return columns.texts().isEmpty() ? "text " + file : "table %s (%s)".formatted(file, columns);
  }

  /** The number of the line of each example. */
  private static IntFunction<String> ids(long[] gaps) {
    return example -> String.valueOf(1L + example + CorpusIndex.countUpTo(example, gaps));
  }
}
