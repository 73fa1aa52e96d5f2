package dev.kindred.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Batch;
import dev.kindred.data.Feeds;
import dev.kindred.embedding.Weights;
import dev.kindred.losses.Matryoshka;
import dev.kindred.losses.NPair;
import dev.kindred.method.BarlowTwins;
import dev.kindred.method.Byol;
import dev.kindred.method.Dino;
import dev.kindred.method.GradedPairs;
import dev.kindred.method.IMix;
import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.MixCo;
import dev.kindred.method.MoCo;
import dev.kindred.method.MoCoV3;
import dev.kindred.method.Momentum;
import dev.kindred.method.NnClr;
import dev.kindred.method.Objective;
import dev.kindred.method.PairContrast;
import dev.kindred.method.SimClr;
import dev.kindred.method.SimCse;
import dev.kindred.method.SimCseQueue;
import dev.kindred.method.SimSiam;
import dev.kindred.method.SupCon;
import dev.kindred.method.Swav;
import dev.kindred.method.TripletContrast;
import dev.kindred.method.VicReg;
import dev.kindred.nn.MlpHead;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What holds for every method. */
class MethodsTest {
  private static final Toy.Points POINTS = new Toy.Points(40, Set.of(), true);

  @TempDir private Path folder;

  /** Every method, narrow enough for points. */
  static Stream<Method> all() {
    return Stream.of(
        SimClr.defaults(),
        new MoCo(8, 4, 0.1, 24, Momentum.constant(0.9), true, 2),
        new MoCo(8, 4, 0.1, 9, Momentum.constant(0.9), false, 1),
        new MixCo(new MoCo(8, 4, 0.1, 9, Momentum.constant(0.9), false, 4), 0.2, 0.5),
        new IMix(List.of(8, 4), 0.2),
        new MoCoV3(List.of(8, 4), List.of(8, 4), 0.2, Momentum.rising(0.9)),
        new Byol(List.of(8, 4), List.of(8, 4), Momentum.rising(0.9)),
        new SimSiam(List.of(8, 8), List.of(4, 8)),
        new Swav(List.of(8, 4), 6, 0.1, 0.1, 0, 0),
        new Swav(List.of(8, 4), 6, 0.1, 0.1, 20, 0.3),
        new BarlowTwins(List.of(8, 8), 5e-3, 1),
        new VicReg(List.of(8, 8), 1, 1, 0.04),
        new Dino(8, 4, 6, 0.1, 0.04, 0.9, Momentum.rising(0.9), 0.1),
        new NnClr(List.of(8, 4), List.of(8, 4), 0.1, 20),
        new SupCon(List.of(8, 4), 0.1),
        new SimCse(List.of(), 0.2, List.of(2, 5)),
        new SimCseQueue(SimCse.defaults().withProjector(8, 4), 11, Momentum.constant(0.9)),
        PairContrast.of(new Matryoshka(NPair.standard(), List.of(3, 8))),
        new GradedPairs(List.of(8, 4), 20));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aStoppedRunEndsWithTheSameBytes(Method method) throws IOException {
    Path whole = folder.resolve("whole");
    TrainedEncoder trained = Toy.pretraining(method, whole, POINTS).run();
    assertThat(trained.report().loss()).isFinite();
    Path cut = folder.resolve("cut");
    AtomicInteger asked = new AtomicInteger();
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(
            () ->
                Toy.pretraining(method, cut, POINTS)
                    .stopWhen(() -> asked.incrementAndGet() > 7)
                    .run());
    Toy.pretraining(method, cut, POINTS).resume();
    assertThat(parameters(cut)).isEqualTo(parameters(whole));
  }

  @ParameterizedTest
  @MethodSource("all")
  void tellsEverythingThatDefinesIt(Method method) {
    assertThat(method.settings()).containsKey("name").hasSizeGreaterThan(2);
    assertThat(method.settings()).hasSize(method.getClass().getRecordComponents().length + 1);
  }

  /** The example of methods.md. */
  @Test
  void aMethodOfOnesOwnTrains() {
    Path out = folder.resolve("own");
    TrainedEncoder trained = Toy.pretraining(new Regression(), out, POINTS).epochs(30).run();
    assertThat(trained.report().loss()).isLessThan(-0.5);
  }

  private record Regression() implements Method {
    @Override
    public <V> Objective build(MethodScope<V> scope, List<V> views) {
      var z = scope.project(ONLINE, MlpHead.of(16, 8), views);
      var p = scope.head(ONLINE, "predictor", new MlpHead(List.of(16, 8), false), z);
      return Objective.of(
          dev.kindred.losses.SimSiam.standard()
              .symmetric(scope.tf(), p.get(0), z.get(1), p.get(1), z.get(0)));
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "regression");
    }
  }

  @Test
  void theMomentumBranchFollowsAsInPlainJava() {
    Byol method = new Byol(List.of(8, 4), List.of(8, 4), Momentum.rising(0.9));
    int steps = 50;
    Toy.Noisy views = new Toy.Noisy(2);
    try (TrainingStep<float[], Operand<TFloat32>> step = new TrainingStep<>(recipe(method), views);
        Feeds feeds = views.pack(IntStream.range(0, 8).mapToObj(POINTS::get).toList())) {
      Map<String, float[]> expected = values(step, Method.MOMENTUM);
      assertThat(expected.get("/encoder/fc/kernel"))
          .isEqualTo(values(step, Method.ONLINE).get("/encoder/fc/kernel"));
      for (int i = 1; i <= steps; i++) {
        double progress = (i - 1.0) / steps;
        step.run(Batch.of(feeds), new StepPoint(i, 0.1f, progress));
        double tau = 1 - (1 - 0.9) * (Math.cos(Math.PI * progress) + 1) / 2;
        Map<String, float[]> online = values(step, Method.ONLINE);
        online.forEach(
            (name, value) -> expected.computeIfPresent(name, (n, m) -> follow(m, value, tau)));
      }
      values(step, Method.MOMENTUM)
          .forEach(
              (name, value) ->
                  assertThat(value).as(name).containsExactly(expected.get(name), within(1e-6f)));
    }
  }

  @Test
  void refusesWhatItCannotWorkWith() {
    Toy.Points unlabelled = new Toy.Points(40, Set.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Toy.pretraining(SupCon.defaults(), folder.resolve("a"), unlabelled).run())
        .withMessage(
            "method supcon needs labels, but points has none; put the examples into class folders,"
                + " or choose a method without labels");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Toy.pretraining(GradedPairs.defaults(), folder.resolve("g"), unlabelled).run())
        .withMessageStartingWith("method graded-pairs needs labels, but points has none; ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingStep<>(recipe(TripletContrast.defaults()), new Toy.Noisy(2)))
        .withMessage("method triplet-contrast needs 3 views of each example, but the views make 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TrainingStep<>(recipe(SimCse.defaults().withWidths(4, 8)), new Toy.Noisy(2)))
        .withMessage("width must be < 8, the representation's, was 8");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Toy.pretraining(
                        SimCseQueue.defaults().withQueueSize(7), folder.resolve("q"), unlabelled)
                    .run())
        .withMessage("queue size must be >= 8, the keys of one batch, was 7");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Toy.pretraining(MoCo.defaults().withQueueSize(15), folder.resolve("b"), unlabelled)
                    .run())
        .withMessage("queue size must be >= 16, the keys of one batch, was 15");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Toy.pretraining(
                        NnClr.defaults().withSupportSize(7), folder.resolve("c"), unlabelled)
                    .run())
        .withMessage("support size must be >= 8, the batch size, was 7");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Toy.pretraining(MoCo.defaults().withNormGroups(3), folder.resolve("d"), unlabelled)
                    .run())
        .withMessage("batch size must be a multiple of 3, the groups of batch statistics, was 8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingStep<>(recipe(IMix.defaults()), new Toy.Noisy(3)))
        .withMessage("method imix blends views, but the views have no mixing; give them one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Momentum.constant(1.1))
        .withMessage("momentum must be in [0, 1], was 1.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimSiam(List.of(8, 8), List.of(4)))
        .withMessage("the last width of the predictor must be 8, as the projector's, was 4");
  }

  private static float[] follow(float[] momentum, float[] online, double tau) {
    float[] next = new float[momentum.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) (tau * momentum[i] + (1 - tau) * online[i]);
    }
    return next;
  }

  /** The weights below a branch, without the statistics, by their path in it. */
  private static Map<String, float[]> values(TrainingStep<?, ?> step, String branch) {
    Map<String, float[]> values = new HashMap<>();
    try (Weights weights = step.weights(branch)) {
      weights
          .byPath()
          .forEach(
              (path, tensor) -> {
                if (!path.endsWith("/mean") && !path.endsWith("/variance")) {
                  float[] all = new float[Math.toIntExact(tensor.size())];
                  tensor.asRawTensor().data().asFloats().read(all);
                  values.put(path.substring(branch.length()), all);
                }
              });
    }
    return values;
  }

  private static Recipe<Operand<TFloat32>> recipe(Method method) {
    return new Recipe<>(
        method,
        new Toy.Mlp(8),
        Sgd.momentum(0.9f),
        null,
        Accumulation.of(1),
        Recipe.WHOLE,
        Precision.FLOAT32,
        3);
  }

  private static byte[] parameters(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("encoder/variables/variables.data-00000-of-00001"));
  }
}
