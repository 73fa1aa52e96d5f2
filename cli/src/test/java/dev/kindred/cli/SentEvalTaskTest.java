package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kindred.data.Dataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Opens the public tasks themselves, where the folder {@code kindred.data} has them. */
class SentEvalTaskTest {
  @Test
  void allTablesOfTheTasksAreFoundAndRead() {
    Path folder = Path.of(System.getProperty("kindred.data", "")).resolve("transfer");
    assumeThat(folder).as("needs transfer below the system property kindred.data").isDirectory();

    List<TransferTask> tasks = SentEvalTask.open(folder);

    assertThat(tasks)
        .extracting(SentEvalTaskTest::sizes)
        .containsExactly(
            "MR [10662]",
            "CR [3771]", // four of its 3775 are empty
            "SUBJ [10000]",
            "SST2 [67349, 872, 1821]",
            "TREC [5452, 500]",
            "MRPC [4076, 1725]");
    assertThat(tasks.get(4).training().classNames())
        .containsExactly("ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM");
    assertThat(tasks.get(5).training().get(0).parts()).hasSize(2);
    tasks.forEach(TransferTask::close);
  }

  private static String sizes(TransferTask task) {
    return task.name()
        + " "
        + Stream.of(task.training(), task.validation(), task.test())
            .filter(Objects::nonNull)
            .map(Dataset::size)
            .toList();
  }
}
