package dev.kindred.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.ViewPipeline;
import dev.kindred.method.Byol;
import dev.kindred.method.Method;
import dev.kindred.method.SimClr;
import dev.kindred.method.VicReg;
import dev.kindred.nn.Encoder;
import dev.kindred.optim.AdamW;
import dev.kindred.optim.Schedule;
import dev.kindred.rl.augment.RandomShift;
import dev.kindred.rl.data.Clip;
import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recorder;
import dev.kindred.rl.data.Recording;
import dev.kindred.rl.env.CartPole;
import dev.kindred.rl.env.Distractors;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.FrameStack;
import dev.kindred.rl.env.PixelEnvironment;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.TimeLimit;
import dev.kindred.rl.method.Atc;
import dev.kindred.rl.method.Curl;
import dev.kindred.rl.method.LatentPrediction;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.Pretraining;
import dev.kindred.train.StepReport;
import dev.kindred.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every method learns from recorded play, and what it learns can be used. */
class ObservationPretrainingTest {
  private static final int SIDE = 24;
  private static final PixelEncoder SMALL =
      new PixelEncoder(
          List.of(new PixelEncoder.Layer(8, 5, 2), new PixelEncoder.Layer(16, 3, 2)),
          16,
          PixelEncoder.Normalize.EVERYWHERE);

  @TempDir static Path folder;
  private static Recording recording;

  @BeforeAll
  static void play() {
    Path file = folder.resolve("play.safetensors");
    try (Environment<Frame, Integer> env = environment()) {
      Recorder.of(env, Policy.random(env.actionSpace())).frames(400).record(file);
    }
    recording = Recording.open(file);
  }

  @AfterAll
  static void close() {
    recording.close();
  }

  private static Environment<Frame, Integer> environment() {
    return new TimeLimit<>(
        new PixelEnvironment<>(new CartPole(), SIDE, SIDE, Distractors.defaults()), 500);
  }

  @Test
  void curlLearns() {
    requireLearning(Curl.defaults(), pairs(TimePairs.same()), SMALL, 0);
  }

  @Test
  void atcLearns() {
    requireLearning(Atc.defaults(), pairs(TimePairs.ahead(3)), SMALL, 3);
  }

  @Test
  void temporalContrastLearns() {
    requireLearning(SimClr.defaults(), pairs(TimePairs.within(5)), SMALL, 5);
  }

  @Test
  void latentPredictionLearns() {
    requireLearning(
        LatentPrediction.defaults(),
        ActedViews.of(pairs(TimePairs.run(3)), recording),
        new ActedEncoder(SMALL),
        3);
  }

  @Test
  void byolAndVicRegLearn() {
    // Heads as narrow as the encoder is: those of the papers are all of the time.
    Byol byol = new Byol(List.of(64, 32), List.of(64, 32), Byol.defaults().momentum());
    requireLearning(byol, pairs(TimePairs.same()), SMALL, 0);
    requireLearning(new VicReg(List.of(128, 128), 25, 25, 1), pairs(TimePairs.same()), SMALL, 0);
  }

  private static ObservationViews pairs(TimePairs pairs) {
    return ObservationViews.of(shape(), pairs, new RandomShift(1));
  }

  private static StackShape shape() {
    return StackShape.of(recording, 2);
  }

  private static <V> void requireLearning(
      Method method, ViewPipeline<Clip, V> views, Encoder<V> encoder, int ahead) {
    List<Float> losses = new ArrayList<>();
    // Neighbours are all but equal, and would be each other's negatives.
    int[] apart = IntStream.range(0, 64).map(i -> 4 * i).toArray();
    try (Clips clips = Clips.of(recording, 2, ahead)) {
      Pretraining.of(method)
          .data(clips.subset(apart))
          .views(views)
          .encoder(encoder)
          .optimizer(AdamW.defaults())
          .schedule(Schedule.constant(1e-3f))
          .epochs(40)
          .batchSize(32)
          .listener(
              new TrainingListener() {
                @Override
                public void onStep(StepReport report) {
                  losses.add(report.loss());
                }
              })
          .out(folder.resolve("learns-" + method.settings().get("name")))
          .run();
    }
    double first = losses.subList(0, 4).stream().mapToDouble(x -> x).average().orElseThrow();
    double last =
        losses.subList(losses.size() - 4, losses.size()).stream()
            .mapToDouble(x -> x)
            .average()
            .orElseThrow();
    assertThat(last)
        .as("%s, from %s", method.settings().get("name"), first)
        .isLessThan(0.9 * first);
  }

  @Test
  void anEncoderIsUsedAsItWasTrained() {
    Path run = folder.resolve("run");
    try (Clips clips = Clips.of(recording, 2, 0)) {
      Pretraining.of(Curl.defaults())
          .data(clips)
          .views(ObservationViews.curl(shape()))
          .encoder(SMALL)
          .epochs(1)
          .batchSize(32)
          .out(run)
          .run();
      try (ObservationEncoder encoder = ObservationEncoder.load(run.resolve("encoder"));
          Environment<float[], Integer> env =
              new EncodedEnvironment<>(new FrameStack<>(environment(), 2), encoder)) {
        float[] seen = env.reset(4).observation();
        Frame picture;
        try (Environment<Frame, Integer> pictures = environment()) {
          picture = pictures.reset(4).observation();
        }
        assertThat(seen)
            .containsExactly(encoder.embed(Frame.stack(List.of(picture, picture))), within(1e-6f));
        assertThat(env.observationSpace().contains(seen)).isTrue();
        assertThat(env.step(1).observation()).isNotEqualTo(seen);
        assertThat(encoder.embed(clips).vectors()).hasDimensions(clips.size(), 16);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> encoder.embed(picture))
            .withMessage(
                "an observation must be [6, 24, 24] (2 pictures of 3 channels), was [3, 24, 24]");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new EncodedEnvironment<>(environment(), encoder))
            .withMessageContaining("but shows pictures of [3, 24, 24]");
      }
    }
  }

  @Test
  void anotherDomainsEncoderIsRefused() {
    assertThatThrownBy(() -> ObservationEncoder.load(folder.resolve("none")))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("none");
  }

  @Test
  void picturesThatAreTooSmallAreRefusedBeforeTraining() {
    try (Clips clips = Clips.of(recording, 2, 0)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  Pretraining.of(Curl.defaults())
                      .data(clips)
                      .views(ObservationViews.curl(shape()))
                      .encoder(PixelEncoder.nature())
                      .epochs(1)
                      .batchSize(8)
                      .out(folder.resolve("small"))
                      .run())
          .withMessageContaining("take larger pictures or a smaller encoder");
    }
  }

  @Test
  void aBatchThatCannotBeDrawnTogetherIsRefusedBeforeAnythingIsWritten() {
    Path out = folder.resolve("together");
    try (Clips clips = Clips.of(recording, 2, 0)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  Pretraining.of(Curl.defaults())
                      .data(clips)
                      .views(ObservationViews.curl(shape()))
                      .encoder(SMALL)
                      .epochs(1)
                      .batchSize(10)
                      .together(4)
                      .out(out)
                      .run())
          .withMessage("batch size must be a multiple of the 4 examples drawn together, was 10");
      assertThat(out).doesNotExist();
    }
  }
}
