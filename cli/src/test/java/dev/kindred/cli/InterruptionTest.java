package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.text.data.GeneratedParaphrases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped or killed, in processes of their own, against one that was not. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
class InterruptionTest {
  private static final int MINUTES = 3;

  @TempDir static Path folder;
  private static byte[] expected;

  @BeforeAll
  static void trainWithoutInterruption() throws IOException {
    Path run = folder.resolve("whole");
    Command.run(arguments(run).toArray()).succeeded();
    expected = weights(run);
  }

  @Test
  void aKilledRunEndsWithTheSameBytes() throws Exception {
    Path run = folder.resolve("killed");
    kill(start(arguments(run)), run);

    Command.run("resume", run).succeeded();

    assertThat(weights(run)).isEqualTo(expected);
  }

  @Test
  void aKilledRunGoesOnWithTheQueueThatItHad() throws Exception {
    List<Object> settings = List.of("--epochs", 5, "--method", "moco", "--queue", 40, "--ema", 0.9);
    Path whole = fresh("whole");
    Command.run(arguments(whole, settings).toArray()).succeeded();
    Path run = fresh("killed");
    kill(start(arguments(run, settings)), run);

    Command.run("resume", run).succeeded();

    assertThat(lastState(run)).isEqualTo(lastState(whole));
    assertThat(weights(run)).isEqualTo(weights(whole));
  }

  @Test
  void aKilledRunOnTextsGoesOnWithTheHeadsThatItHad() throws Exception {
    Path whole = fresh("whole");
    Command.run(denoising(whole).toArray()).succeeded();
    Path run = fresh("killed");
    kill(start(denoising(run)), run);

    Command.run("resume", run).succeeded();

    assertThat(lastState(run)).isEqualTo(lastState(whole));
    assertThat(weights(run)).isEqualTo(weights(whole));
  }

  private static List<Object> denoising(Path run) throws IOException {
    GeneratedParaphrases texts = GeneratedParaphrases.of(160, 1);
    Path file = folder.resolve("texts.txt");
    Files.write(
        file, IntStream.range(0, texts.size()).mapToObj(i -> texts.get(i).parts().get(0)).toList());
    String options =
        "pretrain text --method tsdae --masked-weight 0.2 --encoder transformer --depth 1"
            + " --dimension 16 --vocabulary 200 --batch-size 16 --epochs 6 --checkpoint-steps 3";
    List<Object> arguments = new ArrayList<>(List.of(options.split(" ", -1)));
    arguments.addAll(List.of("--data", file, "--out", run));
    return arguments;
  }

  @Test
  void ctrlCWritesACheckpointAndSaysHowToGoOn() throws Exception {
    Path run = folder.resolve("stopped");
    Process process = start(arguments(run));
    awaitCheckpoint(process, run);
    // A shell that runs this in the background makes its children ignore the first.
    signal("INT", process);
    signal("TERM", process);

    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(errors(run).lines())
        .contains("kindred: stopping after this step")
        .last()
        .asString()
        .matches("kindred: stopped after step \\d+ of 80; .* kindred resume " + run);
    assertThat(run.resolve("encoder")).doesNotExist();
    Command.run("resume", run).succeeded();
    assertThat(weights(run)).isEqualTo(expected);
  }

  @Test
  void anErrorOfAProcessIsOneLineToo() throws Exception {
    Process process = start(List.of("resume", folder.resolve("none")), folder.resolve("none.err"));

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(folder.resolve("none.err"))
        .hasContent(
            "kindred: %s: not a run (no config.json in it); give the folder of a run"
                .formatted(folder.resolve("none")));
  }

  private static List<Object> arguments(Path run) {
    return arguments(run, List.of("--epochs", 8));
  }

  private static List<Object> arguments(Path run, List<Object> settings) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "pretrain",
                "images",
                "--data",
                "shapes:160",
                "--width",
                2,
                "--batch-size",
                16,
                "--checkpoint-steps",
                3,
                "--no-knn"));
    arguments.addAll(settings);
    arguments.addAll(List.of("--out", run));
    return arguments;
  }

  private static Path fresh(String name) throws IOException {
    return Files.createTempDirectory(folder, "methods").resolve(name);
  }

  private static byte[] weights(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("encoder/variables/variables.data-00000-of-00001"));
  }

  /** Everything that was remembered at the end: weights, momentum branch, queue, centre. */
  private static byte[] lastState(Path run) throws IOException {
    try (Stream<Path> states = Files.list(run.resolve("checkpoints"))) {
      Path last = states.max(Comparator.naturalOrder()).orElseThrow();
      return Files.readAllBytes(last.resolve("variables.data-00000-of-00001"));
    }
  }

  private static Process start(List<Object> arguments) throws IOException {
    Path run = (Path) arguments.get(arguments.size() - 1);
    return start(arguments, errorsOf(run));
  }

  private static Process start(List<Object> arguments, Path errors) throws IOException {
    return JavaProcess.start(Kindred.class, arguments, errors);
  }

  private static String errors(Path run) throws IOException {
    return Files.readString(errorsOf(run));
  }

  private static Path errorsOf(Path run) {
    return run.resolveSibling(run.getFileName() + ".err");
  }

  /** Ends the process without a chance to clean up, some steps after it began to learn. */
  private static void kill(Process process, Path run) throws Exception {
    awaitCheckpoint(process, run);
    process.destroyForcibly().waitFor();
    assertThat(run.resolve("encoder")).doesNotExist();
  }

  private static void awaitCheckpoint(Process process, Path run) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (!Files.exists(run.resolve("checkpoints/step-000000006"))
        && process.isAlive()
        && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(process.isAlive()).as("still training").isTrue();
  }

  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }
}
