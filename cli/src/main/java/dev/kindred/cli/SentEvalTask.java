package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.Columns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SentEval's tasks of classification, in the order of its tables, and where a folder has them. */
enum SentEvalTask {
  MR,
  CR,
  SUBJ,
  MPQA,
  SST2,
  TREC(Columns.of("sentence").labelled("coarse")),
  MRPC(Columns.of("sentence1", "sentence2").labelled("label"));

  private final Columns columns;

  SentEvalTask() {
    this(Columns.of("sentence").labelled("label"));
  }

  SentEvalTask(Columns columns) {
    this.columns = columns;
  }

  /**
   * Opens the tasks whose tables are in {@code folder}.
   *
   * @throws KindredException if there is none, or a table cannot be read
   */
  static List<TransferTask> open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new KindredException(folder + ": is no folder; give one that holds tables of tasks");
    }
    List<TransferTask> found = new ArrayList<>();
    for (SentEvalTask task : values()) {
      task.find(folder).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      throw new KindredException(
          "%s: holds no task; give a folder with MR.tsv, or TREC.train.tsv and TREC.test.tsv, of: %s"
              .formatted(folder, namesBut(Set.of())));
    }
    return found;
  }

  /** The names of all tasks but some, with commas between them. */
  static String namesBut(Set<String> some) {
    return Arrays.stream(values())
        .map(Enum::name)
        .filter(name -> !some.contains(name))
        .collect(Collectors.joining(", "));
  }

  private Optional<TransferTask> find(Path folder) {
    Path training = file(folder, ".train.tsv");
    return Files.exists(training)
        ? Optional.of(split(training, file(folder, ".dev.tsv"), file(folder, ".test.tsv")))
        : Stream.of(".tsv", ".raw.tsv")
            .map(ending -> file(folder, ending))
            .filter(Files::exists)
            .findFirst()
            .map(whole -> new TransferTask(name(), table(whole), null, null));
  }

  private TransferTask split(Path training, Path validation, Path test) {
    return new TransferTask(
        name(), table(training), Files.exists(validation) ? table(validation) : null, table(test));
  }

  private Path file(Path folder, String ending) {
    return folder.resolve(name() + ending);
  }

  private Dataset<TextExample> table(Path file) {
    return LabelledColumns.open(file.toString(), columns);
  }
}
