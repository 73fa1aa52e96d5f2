package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.runtime.Json;
import dev.kindred.weights.NamedTensor;
import dev.kindred.weights.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One training after the other: weights out of a run, and into the next. */
class WeightsCommandsTest {
  @TempDir static Path folder;
  private static Path first;
  private static Path exported;

  @BeforeAll
  static void trainAndExport() {
    first = folder.resolve("first");
    pretrain("shapes:64", first).succeeded();
    exported = folder.resolve("first.safetensors");
    Command export = Command.run("export", "--model", first, "--out", exported).succeeded();
    assertThat(export.lastLine()).isEqualTo("100 tensors: " + exported);
  }

  @Test
  void exportHasTorchvisionsNames() {
    Map<String, NamedTensor> tensors = SafeTensors.read(exported);

    assertThat(tensors).hasSize(100).containsKeys("conv1.weight", "layer4.1.bn2.running_var");
    assertThat(Objects.requireNonNull(tensors.get("conv1.weight")).shape())
        .containsExactly(2, 3, 3, 3);
  }

  @Test
  void weightsOfAnImageEncoderNeedAFileOfThatName() {
    Command refused = Command.run("export", "--model", first, "--out", "e.pt");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err().strip())
        .isEqualTo("kindred: e.pt: the name of a file of weights must end in .safetensors");
  }

  @Test
  void aFileAndAFolderAreTheSameStart() throws IOException {
    Path byFile = folder.resolve("by-file");
    Path byFolder = folder.resolve("by-folder");

    Command file = pretrain("shapes:80", byFile, "--weights", exported).succeeded();
    Command encoder =
        pretrain("shapes:80", byFolder, "--weights", first.resolve("encoder")).succeeded();

    assertThat(file.out().lines()).contains("weights: 100 tensors taken over");
    assertThat(encoder.out().lines()).contains("weights: 100 tensors taken over");
    assertThat(parameters(byFile)).isEqualTo(parameters(byFolder));
    assertThat(Json.read(byFile.resolve("config.json")))
        .containsEntry(
            "startFrom",
            Map.of("name", "safetensors", "path", exported.toString(), "partial", false));
    assertThat(started(byFile))
        .isEqualTo(started(byFolder))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("matched", 100);
  }

  @Test
  void aRunThatWasStoppedGoesOnThoughTheFileIsGone() throws Exception {
    Path copy = Files.copy(exported, folder.resolve("copy.safetensors"));
    Path whole = folder.resolve("whole");
    pretrain("shapes:80", whole, "--weights", copy, "--epochs", 20).succeeded();
    Path cut = folder.resolve("cut");
    List<Object> arguments =
        arguments("shapes:80", cut, "--weights", copy, "--epochs", 20, "--checkpoint-steps", 2);
    Process process = JavaProcess.start(Kindred.class, arguments, folder.resolve("cut.err"));
    while (process.isAlive() && !hasCheckpoint(cut)) {
      Thread.sleep(5);
    }
    assertThat(process.isAlive()).as("still training").isTrue();
    process.destroyForcibly().waitFor();
    Files.delete(copy);

    Command resume = Command.run("resume", cut).succeeded();

    assertThat(resume.out()).doesNotContain("weights:");
    assertThat(parameters(cut)).isEqualTo(parameters(whole));
  }

  @Test
  void aPartIsTakenOnlyIfAllowed() {
    List<NamedTensor> part = new ArrayList<>(SafeTensors.read(exported).values());
    part.remove(0);
    Path file = folder.resolve("part.safetensors");
    SafeTensors.write(file, part, Map.of());

    Command refused = pretrain("shapes:80", folder.resolve("never"), "--weights", file);
    Command taken =
        pretrain("shapes:80", folder.resolve("part"), "--weights", file, "--partial-weights")
            .succeeded();

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith(
            "kindred: %s: not the weights of this encoder: 1 of its names are missing ("
                .formatted(file))
        .hasLineCount(1);
    assertThat(taken.out()).contains("weights: 99 tensors taken over, 1 missing (");
  }

  @Test
  void anotherWidthOrKindIsOneLine() {
    Path never = folder.resolve("never");
    assertThat(pretrain("shapes:80", never, "--width", 4, "--weights", first).err())
        .isEqualTo(
            "kindred: %s: the encoder there has width 2, but the one to train 4; train one of the same settings, or start from another%n"
                .formatted(first.resolve("encoder")));
    assertThat(pretrain("shapes:80", never, "--encoder", "resnet34", "--weights", first).err())
        .contains("the encoder there has name resnet18, but the one to train resnet34")
        .hasLineCount(1);
    Command wider = pretrain("shapes:80", never, "--width", 4, "--weights", exported);
    assertThat(wider.err())
        .contains("has the shape [2], but this encoder needs [4]")
        .startsWith("kindred: " + exported)
        .hasLineCount(1);
    assertThat(wider.exitCode()).isEqualTo(1);
    assertThat(never).doesNotExist();
  }

  private static boolean hasCheckpoint(Path run) {
    String[] names = run.resolve("checkpoints").toFile().list();
    return names != null && Stream.of(names).anyMatch(name -> name.startsWith("step-"));
  }

  private static Command pretrain(String data, Path run, Object... more) {
    return Command.run(arguments(data, run, more).toArray());
  }

  private static List<Object> arguments(String data, Path run, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("pretrain", "images", "--data", data, "--no-knn", "--out", run));
    List<Object> given = List.of(more);
    all.addAll(given);
    addUnless(given, all, "--width", 2);
    addUnless(given, all, "--epochs", 1);
    addUnless(given, all, "--batch-size", 16);
    return all;
  }

  private static void addUnless(List<Object> given, List<Object> all, String name, int value) {
    if (!given.contains(name)) {
      all.addAll(List.of(name, value));
    }
  }

  private static byte[] parameters(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("encoder/variables/variables.data-00000-of-00001"));
  }

  private static Object started(Path run) {
    return Objects.requireNonNull(Json.read(run.resolve("config.json")).get("started"));
  }
}
