package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.text.TextExample;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which tasks an encoder is tried on. */
final class TransferOptions {
  @Option(
      names = "--tasks",
      paramLabel = "DIR",
      description =
          "SentEval's tasks, as far as their tables are there: MR, CR, SUBJ and MPQA as MR.tsv,"
              + " SST2, TREC and MRPC as TREC.train.tsv and TREC.test.tsv, perhaps SST2.dev.tsv;"
              + " columns label (of TREC coarse), sentence, or sentence1 and sentence2.")
  private @Nullable Path tasks;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A task of one table, each tenth of which is tested on what the others teach.")
  private @Nullable String data;

  @Option(names = "--train", paramLabel = "FILE", description = "The table to learn from.")
  private @Nullable String train;

  @Option(
      names = "--validation",
      paramLabel = "FILE",
      description = "The table that chooses the strength; a tenth of --train unless given.")
  private @Nullable String validation;

  @Option(names = "--test", paramLabel = "FILE", description = "The table to classify.")
  private @Nullable String test;

  @Mixin private LabelledColumns columns;

  /** Whether anything is asked for. */
  boolean given() {
    return columns.given()
        || Stream.of(tasks, data, train, validation, test).anyMatch(Objects::nonNull);
  }

  /** Whether a folder of tasks was asked for. */
  boolean several() {
    return tasks != null;
  }

  /**
   * Checks that the options are of one way to name tasks.
   *
   * @throws IllegalArgumentException if they are not
   */
  void check() {
    boolean split = Stream.of(train, validation, test).anyMatch(Objects::nonNull);
    long ways = Stream.of(tasks != null, data != null, split).filter(way -> way).count();
    if (ways != 1 || (split && (train == null || test == null))) {
      throw new IllegalArgumentException(
          "give one of --tasks DIR, --data FILE, and --train FILE with --test FILE");
    }
    if (tasks != null && columns.given()) {
      throw new IllegalArgumentException(
          "--column and --label are not for --tasks, whose columns have their names; leave them"
              + " out");
    }
  }

  /** Opens the tasks; everything wrong with their tables is found now. */
  List<TransferTask> open() {
    if (tasks != null) {
      return SentEvalTask.open(tasks);
    }
    String first = data == null ? Objects.requireNonNull(train) : data;
    return List.of(
        new TransferTask(
            String.valueOf(Path.of(first).getFileName()),
            table(first),
            validation == null ? null : table(validation),
            test == null ? null : table(test)));
  }

  private Dataset<TextExample> table(String file) {
    return columns.open(file, 2);
  }
}
