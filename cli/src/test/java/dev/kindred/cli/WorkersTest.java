package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.distributed.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training over several processes, from the command line. */
class WorkersTest {
  private static final String TRAIN =
      "pretrain images --data shapes:160 --width 2 --batch-size 16 --checkpoint-steps 3 --no-knn"
          + " --epochs 15";

  @TempDir private Path folder;

  @Test
  void aKilledWorkerEndsTheRunWhichOneProcessFinishes() throws Exception {
    Path run = folder.resolve("run");
    Path errors = folder.resolve("err");
    List<Object> arguments = new ArrayList<>(List.of(TRAIN.split(" ", -1)));
    arguments.addAll(List.of("--local-workers", 2, "--out", run));
    Process first = JavaProcess.start(Kindred.class, arguments, errors);
    awaitCheckpoint(first, run);
    List<ProcessHandle> others = first.descendants().toList();
    assertThat(others).hasSize(1);

    others.get(0).destroyForcibly();

    assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(first.exitValue()).isEqualTo(1);
    assertThat(Files.readString(errors).lines().filter(line -> line.startsWith("kindred: ")))
        .singleElement()
        .asString()
        .matches("kindred: worker 1 of 2 \\(127.0.0.1:\\d+\\) ended without a word .*resume.*");
    assertThat(others.get(0).isAlive()).isFalse();
    assertThat(run.resolve("encoder")).doesNotExist();
    Command.run("resume", run).succeeded();
    assertThat(run.resolve("encoder")).isDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--task 0 | --task is for --workers; give them, or leave it out",
        "--workers 127.0.0.1:1 | --task must be given with --workers: which of them this process is, from 0",
        "--workers 127.0.0.1:1,127.0.0.1:1 --task 0 | worker 1: each worker needs its own host:port, but 127.0.0.1:1 is also that of worker 0",
        "--workers 127.0.0.1:1,127.0.0.1:2 --task 2 | task must be in [0, 2), a place among the 2 workers, was 2",
        "--local-workers 2 --task 1 | --local-workers starts all workers itself; leave --workers and --task out",
        "--local-workers 0 | --local-workers must be >= 1, was 0",
      })
  void wrongWorkersAreOneLine(String options, String said) {
    List<Object> arguments = new ArrayList<>(List.of(TRAIN.split(" ", -1)));
    arguments.addAll(List.of(options.split(" ", -1)));
    arguments.addAll(List.of("--out", folder.resolve("run")));

    Command command = Command.run(arguments.toArray());

    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err().strip()).isEqualTo("kindred: " + said);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void theOthersAreStartedWithTheSameArgumentsButOne() {
    assertThat(
            LocalWorkers.without(
                List.of("pretrain", "--local-workers", "2", "--out", "run", "--local-workers=3")))
        .containsExactly("pretrain", "--out", "run");
  }

  @Test
  void theEnvironmentNamesTheWorkers() {
    String config =
        "{\"cluster\": {\"worker\": [\"a:1\", \"b:1\"]}, \"task\": {\"type\": \"worker\", \"index\": 1}}";
    assertThat(new WorkersOption().cluster(() -> config))
        .contains(Cluster.of(List.of("a:1", "b:1"), 1));
    assertThat(new WorkersOption().cluster(() -> null)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkersOption().cluster(() -> "{"))
        .withMessageStartingWith("TF_CONFIG must be a JSON object");
  }

  private static void awaitCheckpoint(Process process, Path run) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!Files.exists(run.resolve("checkpoints/step-000000006"))
        && process.isAlive()
        && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(process.isAlive()).as("still training").isTrue();
  }
}
