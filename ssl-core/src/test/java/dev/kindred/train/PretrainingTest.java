package dev.kindred.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.AdamW;
import dev.kindred.optim.GradientClip;
import dev.kindred.optim.Schedule;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainingTest {
  private static final String PARAMETERS = "encoder/variables/variables.data-00000-of-00001";

  @TempDir private Path folder;

  @Test
  void twoRunsOfOneSeedAreByteIdenticalAndTwoSeedsDiffer() throws IOException {
    Toy.pretraining(folder.resolve("a")).run();
    Toy.pretraining(folder.resolve("b")).run();
    Toy.pretraining(folder.resolve("c")).seed(8).run();
    assertThat(parameters("a")).isEqualTo(parameters("b"));
    assertThat(parameters("a")).isNotEqualTo(parameters("c"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 11, 17})
  void aRunThatWasCutOffEndsWithTheSameBytes(int stopBefore) throws IOException {
    Toy.pretraining(folder.resolve("whole")).run();
    Path cut = folder.resolve("cut");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(
            () -> Toy.pretraining(cut).checkpointEvery(2).listener(Toy.dyingAt(stopBefore)).run());
    Toy.pretraining(cut).checkpointEvery(2).resume();
    assertThat(parameters("cut")).isEqualTo(parameters("whole"));
    assertThat(stepsIn(cut)).isEqualTo(stepsIn(folder.resolve("whole")));
  }

  @Test
  void examplesThatSayTheSameAreKeptApartAlsoWhenTheRunIsCutOff() throws IOException {
    Toy.Points alike = new Toy.Points(40, Set.of(), false, 4);
    Path cut = folder.resolve("cut");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(
            () -> Toy.pretraining(cut, alike).checkpointEvery(2).listener(Toy.dyingAt(8)).run());
    Toy.pretraining(cut, alike).checkpointEvery(2).resume();
    Toy.pretraining(folder.resolve("whole"), alike).run();
    Toy.pretraining(folder.resolve("shuffled")).run();
    assertThat(parameters("cut")).isEqualTo(parameters("whole"));
    assertThat(parameters("cut")).isNotEqualTo(parameters("shuffled"));
  }

  @Test
  void stoppingWritesACheckpointAndResumingEndsWithTheSameBytes() throws IOException {
    Toy.pretraining(folder.resolve("whole")).run();
    Path stopped = folder.resolve("stopped");
    AtomicInteger asked = new AtomicInteger();
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(
            () -> Toy.pretraining(stopped).stopWhen(() -> asked.incrementAndGet() > 7).run())
        .withMessage(
            "stopped after step 7 of 20; the checkpoint is written, go on with: kindred resume "
                + stopped);
    Toy.pretraining(stopped).resume();
    assertThat(parameters("stopped")).isEqualTo(parameters("whole"));
  }

  @Test
  void everyOptimizerStateIsResumed() throws IOException {
    Toy.pretraining(folder.resolve("whole"))
        .optimizer(AdamW.defaults())
        .accumulate(Accumulation.of(2))
        .clip(GradientClip.globalNorm(1))
        .run();
    Path cut = folder.resolve("cut");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(
            () ->
                Toy.pretraining(cut)
                    .optimizer(AdamW.defaults())
                    .accumulate(Accumulation.of(2))
                    .clip(GradientClip.globalNorm(1))
                    .checkpointEvery(1)
                    .listener(Toy.dyingAt(12))
                    .run());
    Toy.pretraining(cut)
        .optimizer(AdamW.defaults())
        .accumulate(Accumulation.of(2))
        .clip(GradientClip.globalNorm(1))
        .resume();
    assertThat(parameters("cut")).isEqualTo(parameters("whole"));
  }

  @Test
  void trainingLowersTheLoss() throws IOException {
    Path out = folder.resolve("run");
    TrainedEncoder trained = Toy.pretraining(out).epochs(30).run();
    assertThat(trained.report().loss()).isLessThan(lossOfEpoch(out, 1) - 0.1);
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws IOException {
    Toy.pretraining(folder.resolve("whole")).run();
    Path run = folder.resolve("run");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> Toy.pretraining(run).checkpointEvery(1).listener(Toy.dyingAt(9)).run());
    halve(run.resolve("checkpoints/step-000000008/variables.data-00000-of-00001"));
    Toy.pretraining(run).resume();
    assertThat(parameters("run")).isEqualTo(parameters("whole"));
  }

  @Test
  void aCheckpointOfTheRightSizeButOtherBytesIsPassedOver() throws IOException {
    Path run = folder.resolve("run");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> Toy.pretraining(run).checkpointEvery(1).listener(Toy.dyingAt(9)).run());
    Path data = run.resolve("checkpoints/step-000000008/variables.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 2] ^= 1;
    Files.write(data, bytes);
    Toy.pretraining(folder.resolve("whole")).run();
    Toy.pretraining(run).resume();
    assertThat(parameters("run")).isEqualTo(parameters("whole"));
  }

  @Test
  void withoutAWholeCheckpointThereIsOneClearLine() throws IOException {
    Path run = folder.resolve("run");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> Toy.pretraining(run).checkpointEvery(1).listener(Toy.dyingAt(3)).run());
    for (int step = 1; step <= 2; step++) {
      halve(run.resolve("checkpoints/step-00000000" + step + "/state.json"));
    }
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> Toy.pretraining(run).resume())
        .withMessage(
            run.resolve("checkpoints")
                + ": no checkpoint here is whole; start the run again in a new folder");
  }

  @Test
  void onlyTheNewestCheckpointsStay() throws IOException {
    Path run = folder.resolve("run");
    Toy.pretraining(run).checkpointEvery(1).run();
    try (Stream<Path> kept = Files.list(run.resolve("checkpoints"))) {
      assertThat(kept.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("step-000000019", "step-000000020");
    }
  }

  @Test
  void aFolderWithSomethingInItIsRefused() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "precious");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> Toy.pretraining(folder).run())
        .withMessage(
            folder
                + ": a run needs a new or empty folder, but mine.txt is in it; choose another, or"
                + " resume that run");
    assertThat(folder.resolve("mine.txt")).hasContent("precious");
  }

  @Test
  void resumingWithOtherSettingsIsRefused() {
    Path run = folder.resolve("run");
    Toy.pretraining(run).run();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Toy.pretraining(run).epochs(5).resume())
        .withMessage(
            run + ": a run goes on with the settings it began with, but epochs was 4 and is now 5");
  }

  @Test
  void resumingWhatIsNoRunIsRefused() {
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> Toy.pretraining(folder).resume())
        .withMessage(folder + ": not a run (no config.json in it); give the folder of a run");
  }

  @Test
  void aLossThatIsNoNumberStopsTheRun() {
    Path run = folder.resolve("run");
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() -> Toy.pretraining(run).schedule(Schedule.constant(3e38f)).run())
        .withMessageMatching(
            "the loss became (NaN|-?Infinity) at step \\d+ with learning rate 3\\.0E38; the last good"
                + " checkpoint is .*; lower the learning rate, lengthen the warm-up or clip the"
                + " gradients");
    assertThat(run.resolve("encoder")).doesNotExist();
  }

  @Test
  void unreadableExamplesAreLeftOutAndNamed() throws IOException {
    Path run = folder.resolve("run");
    TrainedEncoder trained = Toy.pretraining(run, new Toy.Points(40, Set.of(3, 17))).run();
    assertThat(trained.skipped()).isEqualTo(2);
    assertThat(Files.readAllLines(run.resolve("skipped.tsv"))).first().isEqualTo("id\treason");
    assertThat(Files.readAllLines(run.resolve("skipped.tsv")))
        .contains("point/3\tcut short", "point/17\tcut short")
        .hasSize(3);
  }

  @Test
  void strictRunsFailOnTheFirstUnreadableExample() {
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(
            () ->
                Toy.pretraining(folder.resolve("run"), new Toy.Points(40, Set.of(3)))
                    .strict(true)
                    .run())
        .withMessage("point/3: cut short");
  }

  @Test
  void aBatchLargerThanTheSetIsRefusedBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Toy.pretraining(run).batchSize(41).run())
        .withMessage(
            "batch size must be at most the number of examples, was 41 for 40 examples; use a"
                + " smaller batch or more data");
    assertThat(run).doesNotExist();
  }

  @Test
  void oneExampleIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Toy.pretraining(folder.resolve("run"), new Toy.Points(1, Set.of()))
                    .batchSize(1)
                    .run())
        .withMessageStartingWith("batch size must be >= 2");
  }

  @Test
  void evaluatorsSeeTheEncoderBeforeTrainingAndAfterEveryEpoch() throws IOException {
    Path run = folder.resolve("run");
    List<float[]> seen = new ArrayList<>();
    Toy.pretraining(run)
        .evaluateEachEpoch(
            "norm",
            encoder -> {
              seen.add(encoder.embed(List.of(new float[] {1, 2, 3, 4, 5, 6}))[0]);
              return Map.of("seen", (double) seen.size());
            })
        .run();
    assertThat(seen).hasSize(5);
    assertThat(seen.get(0)).isNotEqualTo(seen.get(4));
    try (Embedder<float[]> saved = load(run)) {
      assertThat(saved.embed(List.of(new float[] {1, 2, 3, 4, 5, 6}))[0]).isEqualTo(seen.get(4));
    }
    assertThat(Files.readString(run.resolve("metrics.jsonl")))
        .contains("\"epoch\":0")
        .contains("\"seen\":5.0");
  }

  @Test
  void theSavedEncoderStatesWhereItComesFrom() {
    Path run = folder.resolve("run");
    Toy.pretraining(run).run();
    Map<String, Object> manifest = Json.read(run.resolve("encoder/kindred.json"));
    assertThat(manifest).containsEntry("domain", "point").containsEntry("dimension", 8);
    assertThat(manifest.get("provenance"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKeys("method", "data", "optimizer", "schedule", "seed", "versions", "steps");
  }

  @Test
  void anEncoderOfAnotherDomainOrVersionIsRefused() throws IOException {
    Path run = folder.resolve("run");
    Toy.pretraining(run).run();
    Path encoder = run.resolve("encoder");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> SavedEncoder.load(encoder, "image", m -> new Toy.Noisy(1)))
        .withMessage(
            encoder
                + ": an encoder of domain point cannot be used for domain image; use an encoder trained on"
                + " that domain");
    Path manifest = encoder.resolve("kindred.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("\"format\" : 1", "\"format\" : 9"));
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> load(run))
        .withMessage(
            manifest
                + ": saved in format 9, but this version reads format 1; use the version that saved"
                + " it");
  }

  @Test
  void aSavedNetworkThatWasCutIsRefusedInOneLine() throws IOException {
    Path run = folder.resolve("run");
    Toy.pretraining(run).run();
    halve(run.resolve("encoder/saved_model.pb"));
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> load(run))
        .withMessageStartingWith(run.resolve("encoder") + ": the saved network cannot be loaded")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private static Embedder<float[]> load(Path run) {
    return SavedEncoder.load(run.resolve("encoder"), "point", manifest -> new Toy.Noisy(1));
  }

  private byte[] parameters(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve(PARAMETERS));
  }

  private static List<List<Object>> stepsIn(Path run) throws IOException {
    return lines(run)
        .map(line -> List.of(value(line, "type"), value(line, "step"), value(line, "loss")))
        .toList();
  }

  private static double lossOfEpoch(Path run, int epoch) throws IOException {
    return lines(run)
        .filter(line -> value(line, "type").equals("epoch") && value(line, "epoch").equals(epoch))
        .mapToDouble(line -> ((Number) value(line, "loss")).doubleValue())
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Map<String, Object>> lines(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream().map(Json::parse);
  }

  private static Object value(Map<String, Object> line, String key) {
    return Objects.requireNonNull(line.get(key), key);
  }

  private static void halve(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }
}
