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
 * <p>SICK is read as its authors publish it, with {@code relatedness_score}, {@code sentence_A} and
 * {@code sentence_B} instead; of {@code SICK.txt}, which has all three parts in one file and says
 * in {@code SemEval_set} which row is of which, only the test part, on which papers report.
 *
 * <p>E. Agirre et al., SemEval 2012 to 2016; D. Cer et al., <a
 * href="https://aclanthology.org/S17-2001">SemEval-2017 Task 1</a>; M. Marelli et al., <a
 * href="https://aclanthology.org/L14-1314/">A SICK cure for the evaluation of compositional
 * distributional semantic models</a> (2014).
 */
public final class StsFile {
  private static final List<String> SUBSETS = List.of("subset", "genre", "file");
  private static final String SICK_PART = "SemEval_set";
  private static final List<String> SICK_PARTS = List.of("TRIAL", "TRAIN", "TEST");
  private static final String SICK_TEST = "TEST";

  /** What the columns are called. */
  private enum Names {
    STS("score", "sentence1", "sentence2"),
    SICK("relatedness_score", "sentence_A", "sentence_B");

    private final String score;
    private final String first;
    private final String second;

    Names(String score, String first, String second) {
      this.score = score;
      this.first = first;
      this.second = second;
    }

    static Names of(TableHeader header) {
      boolean sick = header.names().contains(SICK.first) && !header.names().contains(STS.first);
      return sick ? SICK : STS;
    }
  }

  private final TableHeader header;
  private final Names names;
  private final LineReader lines;
  private final int score;
  private final int first;
  private final int second;
  private final Optional<Integer> subset;
  private final Optional<Integer> part;

  private StsFile(LineReader lines) {
    this.lines = lines;
    header = TableHeader.read(lines);
    names = Names.of(header);
    score = header.column(names.score, lines::failure);
    first = header.column(names.first, lines::failure);
    second = header.column(names.second, lines::failure);
    subset = anyOf(SUBSETS);
    part = names == Names.SICK ? anyOf(List.of(SICK_PART)) : Optional.empty();
  }

  private Optional<Integer> anyOf(List<String> columns) {
    return columns.stream().map(header.names()::indexOf).filter(at -> at >= 0).findFirst();
  }

  /**
   * Reads all pairs, in the order of the file; empty lines are left out.
   *
   * @throws KindredException if the file cannot be read or is not UTF-8, a column is missing, a row
   *     has another number of values than the header, a score is no finite number, a sentence is
   *     empty, {@code SemEval_set} is none of SICK's parts, or there is no pair; with the number of
   *     the line
   */
  public static List<SentencePair> read(Path file) {
    try (LineReader lines = LineReader.open(file)) {
      StsFile table = new StsFile(lines);
      List<SentencePair> pairs = table.pairs();
      if (pairs.isEmpty()) {
        throw new KindredException(
            "%s: holds no pair of sentences%s; give another file"
                .formatted(file, table.part.isPresent() ? " of the test part" : ""));
      }
      return pairs;
    }
  }

  private List<SentencePair> pairs() {
    List<SentencePair> pairs = new ArrayList<>();
    while (lines.next()) {
      String line = lines.text();
      if (!line.isBlank()) {
        List<String> row = header.row(line, lines::failure);
        if (part.map(row::get).map(this::isTest).orElse(true)) {
          pairs.add(pair(row));
        }
      }
    }
    return List.copyOf(pairs);
  }

  private boolean isTest(String sickPart) {
    if (!SICK_PARTS.contains(sickPart)) {
      throw lines.failure(
          "%s must be one of %s, is \"%s\""
              .formatted(SICK_PART, String.join(", ", SICK_PARTS), sickPart),
          null);
    }
    return sickPart.equals(SICK_TEST);
  }

  private SentencePair pair(List<String> row) {
    if (Stream.of(first, second).anyMatch(column -> row.get(column).isEmpty())) {
      throw lines.failure("a sentence is empty; fill it in or remove the line", null);
    }
    return new SentencePair(
        subset.map(row::get).orElse(""),
        Scores.parse(names.score, row.get(score), lines::failure),
        row.get(first),
        row.get(second));
  }
}
