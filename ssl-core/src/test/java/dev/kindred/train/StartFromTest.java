package dev.kindred.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.embedding.SavedEncoder;
import dev.kindred.embedding.Weights;
import dev.kindred.method.Byol;
import dev.kindred.method.Momentum;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Precision;
import dev.kindred.runtime.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Trainings that start from a saved encoder. */
class StartFromTest {
  private static final String PARAMETERS = "encoder/variables/variables.data-00000-of-00001";
  private static final Byol BYOL = new Byol(List.of(8, 4), List.of(8, 4), Momentum.rising(0.9));
  private static final float[] POINT = {1, 2, 3, 4, 5, 6};

  @TempDir private Path folder;
  private Path source;
  private float[] expected;

  @BeforeEach
  void trainTheSource() {
    List<float[]> seen = new ArrayList<>();
    seeing(seen, Toy.pretraining(folder.resolve("a"))).run();
    source = folder.resolve("a/encoder");
    expected = seen.get(seen.size() - 1);
  }

  @Test
  void bothBranchesHoldTheSavedValuesAndHeadsTheirOwn() {
    Recipe<Operand<TFloat32>> recipe =
        new Recipe<>(
            BYOL,
            new Toy.Mlp(8),
            Sgd.momentum(0.9f),
            null,
            Accumulation.of(1),
            Recipe.WHOLE,
            Precision.FLOAT32,
            99);
    try (TrainingStep<float[], Operand<TFloat32>> started =
            new TrainingStep<>(recipe, new Toy.Noisy(2));
        TrainingStep<float[], Operand<TFloat32>> fresh =
            new TrainingStep<>(recipe, new Toy.Noisy(2));
        Weights saved = SavedEncoder.weights(source, "point")) {
      started.start(saved);
      assertThat(saved.byPath().keySet())
          .containsExactlyInAnyOrder(
              "online/encoder/fc/kernel",
              "online/encoder/bn/gamma",
              "online/encoder/bn/beta",
              "online/encoder/bn/mean",
              "online/encoder/bn/variance");
      for (String branch : List.of("online", "momentum")) {
        assertEqual(started.weights(branch + "/encoder"), branch, saved);
        try (Weights head = started.weights(branch + "/projector");
            Weights initial = fresh.weights(branch + "/projector")) {
          assertThat(head.digest()).isEqualTo(initial.digest());
        }
      }
    }
  }

  @Test
  void beforeTheFirstStepTheEncoderIsTheSavedOne() {
    List<float[]> seen = new ArrayList<>();
    seeing(seen, started("b", BYOL)).run();
    assertThat(seen.get(0)).isEqualTo(expected);
    assertThat(seen.get(4)).isNotEqualTo(expected);
  }

  @Test
  void whatWasLoadedIsKeptAndTold() {
    List<String> told = new ArrayList<>();
    started("b", BYOL).listener(telling(told)).run();
    assertThat(told).containsExactly("5 tensors taken over");
    Map<String, Object> config = Json.read(folder.resolve("b/config.json"));
    assertThat(config)
        .containsEntry("startFrom", Map.of("name", "saved_encoder", "path", source.toString()));
    assertThat(config.get("started"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("matched", 5)
        .containsEntry("missing", List.of())
        .containsEntry("left", List.of())
        .hasEntrySatisfying("valuesSha256", digest -> assertThat(digest).isEqualTo(digest()));
    assertThat(Json.read(folder.resolve("b/encoder/kindred.json")).get("provenance"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("started", config.get("started"));
  }

  @Test
  void aRunThatWasCutOffGoesOnWithoutTheSource() throws IOException {
    started("whole", BYOL).run();
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> started("cut", BYOL).checkpointEvery(2).listener(Toy.dyingAt(11)).run());
    Files.move(source, folder.resolve("elsewhere"));
    List<String> told = new ArrayList<>();
    started("cut", BYOL).checkpointEvery(2).listener(telling(told)).resume();
    assertThat(told).isEmpty();
    assertThat(bytes("cut")).isEqualTo(bytes("whole"));
    assertThat(provenance("cut").get("started")).isEqualTo(provenance("whole").get("started"));
  }

  @Test
  void aRunThatWasCutOffBeforeACheckpointLoadsAgain() throws IOException {
    started("whole", BYOL).run();
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> started("cut", BYOL).listener(Toy.dyingAt(1)).run());
    started("cut", BYOL).resume();
    assertThat(bytes("cut")).isEqualTo(bytes("whole"));
  }

  @Test
  void aSourceThatChangedSinceIsRefused() throws IOException {
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> started("cut", BYOL).listener(Toy.dyingAt(1)).run());
    Toy.pretraining(folder.resolve("other")).seed(8).run();
    WholeFile.delete(source);
    Files.move(folder.resolve("other/encoder"), source);
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> started("cut", BYOL).resume())
        .withMessage(
            folder.resolve("cut")
                + ": the weights that the run began with have changed since; put them back, or"
                + " start the run again in a new folder");
  }

  @Test
  void startingFromOtherWeightsWhenResumingIsRefused() {
    started("b", BYOL).run();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pretraining("b").resume())
        .withMessageStartingWith(
            folder.resolve("b")
                + ": a run goes on with the settings it began with, but startFrom was {")
        .withMessageEndingWith("} and is now null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Toy.pretraining(folder.resolve("a")).startFrom(of(source)).resume())
        .withMessageContaining("but startFrom was null and is now {");
  }

  @Test
  void anotherEncoderIsRefusedBeforeAnythingIsWritten() {
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(
            () ->
                Pretraining.of(BYOL)
                    .data(new Toy.Points(40, Set.of()))
                    .views(new Toy.Noisy(2))
                    .encoder(new Toy.Mlp(9))
                    .batchSize(8)
                    .startFrom(of(source))
                    .out(folder.resolve("b"))
                    .run())
        .withMessage(
            source
                + ": the encoder there has dimension 8, but the one to train 9; train one of the"
                + " same settings, or start from another");
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void whatIsNoEncoderOfThisDomainIsRefusedBeforeAnythingIsWritten() throws IOException {
    refuses(folder.resolve("none"), "none: not a saved encoder (no kindred.json in it)");
    refuses(folder.resolve("a"), "a: not a saved encoder (no kindred.json in it)");
    Path manifest = source.resolve(SavedEncoder.MANIFEST);
    Files.writeString(manifest, Files.readString(manifest).replace("\"point\"", "\"image\""));
    refuses(source, "encoder: an encoder of domain image cannot be used for domain point");
  }

  @Test
  void aDamagedEncoderIsRefused() throws IOException {
    byte[] graph = Files.readAllBytes(source.resolve("saved_model.pb"));
    Files.write(source.resolve("saved_model.pb"), java.util.Arrays.copyOf(graph, 100));
    refuses(source, "encoder: the saved network cannot be loaded");
  }

  private void refuses(Path from, String words) {
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> pretraining("b").startFrom(of(from)).run())
        .withMessageStartingWith(from.getParent() + "/" + words);
    assertThat(folder.resolve("b")).doesNotExist();
  }

  private static dev.kindred.embedding.WeightsSource of(Path encoder) {
    return SavedEncoder.source(encoder);
  }

  private Pretraining<float[], Operand<TFloat32>> pretraining(String run) {
    return Toy.pretraining(BYOL, folder.resolve(run), new Toy.Points(40, Set.of())).seed(3);
  }

  private Pretraining<float[], Operand<TFloat32>> started(String run, Byol method) {
    return Toy.pretraining(method, folder.resolve(run), new Toy.Points(40, Set.of()))
        .seed(3)
        .startFrom(of(source));
  }

  private static Pretraining<float[], Operand<TFloat32>> seeing(
      List<float[]> seen, Pretraining<float[], Operand<TFloat32>> pretraining) {
    return pretraining.evaluateEachEpoch(
        "seen",
        encoder -> {
          seen.add(encoder.embed(List.of(POINT))[0]);
          return Map.of();
        });
  }

  private static void assertEqual(Weights branch, String name, Weights saved) {
    try (branch) {
      assertThat(branch.byPath()).hasSameSizeAs(saved.byPath());
      saved
          .byPath()
          .forEach(
              (path, value) ->
                  assertThat(floats(branch.value(path.replaceFirst("online", name))))
                      .as(path)
                      .isEqualTo(floats(value)));
    }
  }

  private static float[] floats(TFloat32 value) {
    float[] values = new float[Math.toIntExact(value.size())];
    value.asRawTensor().data().asFloats().read(values);
    return values;
  }

  private String digest() {
    try (Weights saved = SavedEncoder.weights(source, "point");
        TrainingStep<float[], Operand<TFloat32>> step =
            new TrainingStep<>(pretraining("none").recipe(), new Toy.Noisy(2))) {
      step.start(saved);
      try (Weights weights = step.weights("online/encoder")) {
        return weights.digest();
      }
    }
  }

  private byte[] bytes(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve(PARAMETERS));
  }

  private Map<?, ?> provenance(String run) {
    Path manifest = folder.resolve(run).resolve("encoder/kindred.json");
    return (Map<?, ?>) Objects.requireNonNull(Json.read(manifest).get("provenance"));
  }

  private static TrainingListener telling(List<String> told) {
    return new TrainingListener() {
      @Override
      public void onStart(RunStart start) {
        Optional.of(start)
            .flatMap(RunStart::weights)
            .ifPresent(report -> told.add(report.summary()));
      }
    };
  }
}
