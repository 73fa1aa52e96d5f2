package dev.kindred.text.data;

import dev.kindred.runtime.KindredException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads benchmarks of semantic textual similarity: UTF-8 tables with a header, values between tabs,
 * without quoting, perhaps packed by gzip. The columns {@code score}, {@code sentence1} and {@code
 * sentence2} are needed; the subset is the column {@code subset}, or else {@code genre} (as in
 * STS-B), or else {@code file}, or else empty. Other columns are ignored.
 *
 * <p>E. Agirre et al., SemEval 2012 to 2016; D. Cer et al., <a
 * href="https://aclanthology.org/S17-2001">SemEval-2017 Task 1</a>.
 */
public final class StsFile {
  private static final List<String> SUBSETS = List.of("subset", "genre", "file");

  private final TableHeader header;
  private final LineReader lines;
  private final int score;
  private final int first;
  private final int second;
  private final Optional<Integer> subset;

  private StsFile(LineReader lines) {
    this.lines = lines;
    header = TableHeader.read(lines);
    score = header.column("score", lines::failure);
    first = header.column("sentence1", lines::failure);
    second = header.column("sentence2", lines::failure);
    subset = SUBSETS.stream().map(header.names()::indexOf).filter(at -> at >= 0).findFirst();
  }

  /**
   * Reads all pairs, in the order of the file; empty lines are left out.
   *
   * @throws KindredException if the file cannot be read or is not UTF-8, a column is missing, a row
   *     has another number of values than the header, a score is no finite number, a sentence is
   *     empty, or there is no pair; with the number of the line
   */
  public static List<SentencePair> read(Path file) {
    try (LineReader lines = LineReader.open(file)) {
      List<SentencePair> pairs = new StsFile(lines).pairs();
      if (pairs.isEmpty()) {
        throw new KindredException(file + ": holds no pair of sentences; give another file");
      }
      return pairs;
    }
  }

  private List<SentencePair> pairs() {
    List<SentencePair> pairs = new ArrayList<>();
    while (lines.next()) {
      String line = lines.text();
      if (!line.isBlank()) {
        pairs.add(pair(header.row(line, lines::failure)));
      }
    }
    return List.copyOf(pairs);
  }

  private SentencePair pair(List<String> row) {
    if (Stream.of(first, second).anyMatch(column -> row.get(column).isEmpty())) {
      throw lines.failure("a sentence is empty; fill it in or remove the line", null);
    }
    return new SentencePair(
        subset.map(row::get).orElse(""), score(row.get(score)), row.get(first), row.get(second));
  }

  private double score(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw lines.failure(
        "score must be a finite number, is \"%s\"; mend the line".formatted(text), null);
  }
}
