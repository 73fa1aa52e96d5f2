package dev.kindred.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Parameter.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class OptimizerTest {
  private static final int STEPS = 25;

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Sgd.plain(),
        Sgd.plain().weightDecay(0.05f),
        Sgd.momentum(0.9f),
        Sgd.momentum(0.9f).weightDecay(0.05f),
        Sgd.momentum(0.9f).weightDecay(0.05f).scope(ParameterScope.WEIGHTS_ONLY),
        Sgd.momentum(0.8f).nesterov(true).weightDecay(0.01f),
        AdamW.defaults(),
        AdamW.defaults().weightDecay(0.3f).scope(ParameterScope.ALL),
        AdamW.defaults().betas(0.5f, 0.95f).epsilon(1e-3f).weightDecay(0),
        Lars.defaults(),
        Lars.defaults().clip(false).weightDecay(0.1f),
        Lars.defaults().eta(0.5f).nesterov(true).scope(ParameterScope.ALL),
        Lars.defaults().eta(1e-3f).clip(false).epsilon(0).momentum(0.5f),
        Lamb.defaults(),
        Lamb.defaults().weightDecay(0.2f).scope(ParameterScope.ALL),
        Lamb.defaults().betas(0.8f, 0.99f).epsilon(1e-3f));
  }

  static Stream<Optimizer> oneOfEach() {
    return Stream.of(
        Sgd.momentum(0.9f).weightDecay(0.05f), AdamW.defaults(), Lars.defaults(), Lamb.defaults());
  }

  static List<Rig.Spec> specs() {
    Random random = new Random(7);
    return List.of(
        Rig.Spec.random("online/conv/kernel", Role.WEIGHT, random, 3, 3, 2, 4),
        Rig.Spec.random("online/conv/bias", Role.BIAS_OR_NORM, random, 4),
        Rig.Spec.random("online/dense/kernel", Role.WEIGHT, random, 5, 7),
        Rig.Spec.random("online/norm/scale", Role.BIAS_OR_NORM, random, 7),
        Rig.Spec.zero("online/zero/kernel", Role.WEIGHT, 3, 2),
        Rig.Spec.random("online/temperature", Role.WEIGHT, random));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void followsItsFormulas(Optimizer optimizer) {
    List<Rig.Spec> specs = specs();
    List<Reference> expected = specs.stream().map(s -> Reference.of(optimizer, s)).toList();
    Schedule schedule = Schedule.cosine(0.1f).warmup(1);
    Random random = new Random(11);
    try (Rig rig = new Rig(specs)) {
      List<Op> updates =
          optimizer.apply(rig.afterGradients(), rig.gradients, rig.inputs, rig.slots);
      rig.start();
      for (long t = 1; t <= STEPS; t++) {
        float rate = schedule.at(t, 5, STEPS);
        List<float[]> gradients = specs.stream().map(s -> s.gradient(random)).toList();
        rig.run(updates, rate, t, gradients);
        for (int i = 0; i < specs.size(); i++) {
          expected.get(i).step(rate, t, gradients.get(i));
        }
      }
      assertClose(rig.values(), expected, specs);
    }
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void keepsAdaptedAndDecayedParametersFiniteWhereAllIsZero(Optimizer optimizer) {
    Rig.Spec zero = Rig.Spec.zero("zero", Role.WEIGHT, 4);
    try (Rig rig = new Rig(List.of(zero))) {
      List<Op> updates =
          optimizer.apply(rig.afterGradients(), rig.gradients, rig.inputs, rig.slots);
      rig.start();
      rig.run(updates, 0.1f, 1, List.of(new float[4]));
      assertThat(rig.values().get(0)).containsExactly(0, 0, 0, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void letsNanThroughSoThatDivergenceIsSeen(Optimizer optimizer) {
    Rig.Spec spec =
        new Rig.Spec("w", Role.WEIGHT, specs().get(1).shape(), new float[] {1, 2, 3, 4});
    try (Rig rig = new Rig(List.of(spec))) {
      List<Op> updates =
          optimizer.apply(rig.afterGradients(), rig.gradients, rig.inputs, rig.slots);
      rig.start();
      rig.run(updates, 0.1f, 1, List.of(new float[] {Float.NaN, 1, 1, 1}));
      assertThat(rig.values().get(0)[0]).isNaN();
    }
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void sameSeedGivesSameBytes(Optimizer optimizer) {
    assertThat(train(optimizer)).isDeepEqualTo(train(optimizer));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void settingsSurviveJson(Optimizer optimizer) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Map<String, Object> settings = optimizer.settings();
    Map<String, Object> read =
        json.readValue(json.writeValueAsString(settings), new TypeReference<>() {});
    assertThat(read).isEqualTo(settings);
    assertThat(settings.keySet()).first().isEqualTo("name");
    assertThat(Optimizer.of(read)).isEqualTo(optimizer);
  }

  @Test
  void weightDecayLeavesBiasesAloneUnlessToldOtherwise() {
    assertThat(decayedPaths(Sgd.plain().weightDecay(0.1f))).containsExactly("w", "b");
    assertThat(decayedPaths(Sgd.plain().weightDecay(0.1f).scope(ParameterScope.WEIGHTS_ONLY)))
        .containsExactly("w");
    assertThat(decayedPaths(AdamW.defaults())).containsExactly("w");
    assertThat(decayedPaths(AdamW.defaults().scope(ParameterScope.ALL))).containsExactly("w", "b");
    assertThat(decayedPaths(Lamb.defaults())).containsExactly("w");
    assertThat(decayedPaths(Lamb.defaults().scope(ParameterScope.ALL))).containsExactly("w", "b");
  }

  @Test
  void larsStepOfAWeightIsProportionalToItsNorm() {
    Lars lars = Lars.defaults().momentum(0).weightDecay(0).clip(false).epsilon(0).eta(0.5f);
    Rig.Spec weight = new Rig.Spec("w", Role.WEIGHT, shapeOf(2), new float[] {3, 4});
    Rig.Spec bias = new Rig.Spec("b", Role.BIAS_OR_NORM, shapeOf(2), new float[] {3, 4});
    List<float[]> after = once(lars, 1f, List.of(weight, bias), new float[] {0, 10});
    assertThat(after.get(0)).containsExactly(new float[] {3, 1.5f}, within(1e-6f));
    assertThat(after.get(1)).containsExactly(new float[] {3, -6}, within(1e-6f));
  }

  @Test
  void larsClipBoundsTheStepByTheLearningRate() {
    Lars lars = Lars.defaults().momentum(0).weightDecay(0).epsilon(0).eta(1f);
    Rig.Spec weight = new Rig.Spec("w", Role.WEIGHT, shapeOf(2), new float[] {3, 4});
    List<float[]> after = once(lars, 0.1f, List.of(weight), new float[] {0, 1});
    assertThat(after.get(0)).containsExactly(new float[] {3, 3.9f}, within(1e-6f));
  }

  @Test
  void larsClipToleratesALearningRateOfZero() {
    Rig.Spec weight = new Rig.Spec("w", Role.WEIGHT, shapeOf(2), new float[] {3, 4});
    List<float[]> after = once(Lars.defaults(), 0f, List.of(weight), new float[] {0, 1});
    assertThat(after.get(0)).containsExactly(3, 4);
  }

  @Test
  void lambStepHasTheNormOfTheParameterTimesTheLearningRate() {
    Rig.Spec weight = new Rig.Spec("w", Role.WEIGHT, shapeOf(2), new float[] {3, 4});
    List<float[]> after =
        once(Lamb.defaults().weightDecay(0), 0.1f, List.of(weight), new float[] {1, 1});
    assertThat(Math.hypot(after.get(0)[0] - 3, after.get(0)[1] - 4)).isCloseTo(0.5, within(1e-5));
  }

  @Test
  void namesItsSlotsAfterItselfAndTheParameter() {
    assertThat(slotsOf(Sgd.plain())).isEmpty();
    assertThat(slotsOf(Sgd.momentum(0.9f))).containsExactly("sgd/momentum/b");
    assertThat(slotsOf(AdamW.defaults())).containsExactly("adamw/first/b", "adamw/second/b");
    assertThat(slotsOf(Lars.defaults())).containsExactly("lars/momentum/b");
    assertThat(slotsOf(Lamb.defaults())).containsExactly("lamb/first/b", "lamb/second/b");
  }

  @Test
  void refusesToOptimizeAParameterTwice() {
    try (Rig rig = new Rig(List.of(Rig.Spec.zero("w", Role.WEIGHT, 2)))) {
      Sgd sgd = Sgd.momentum(0.9f);
      sgd.apply(rig.tf, rig.gradients, rig.inputs, rig.slots);
      assertThatThrownBy(() -> sgd.apply(rig.tf, rig.gradients, rig.inputs, rig.slots))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("sgd/momentum/w exists already: apply an optimizer to each parameter once");
    }
  }

  @Test
  void refusesAGradientOfAFrozenParameter() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var frozen = Rig.parameter(tf, Rig.Spec.zero("momentum/w", Role.WEIGHT, 2), false);
      assertThatThrownBy(() -> new GradientOf(frozen, frozen.value()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("only a trainable parameter takes a gradient, but momentum/w is frozen");
    }
  }

  @Test
  void refusesValuesOutOfRange() {
    assertRefused(() -> Sgd.momentum(1f), "momentum must be in [0, 1), was 1.0");
    assertRefused(() -> Sgd.momentum(Float.NaN), "momentum must be in [0, 1), was NaN");
    assertRefused(() -> Sgd.plain().nesterov(true), "momentum must be > 0 with nesterov, was 0.0");
    assertRefused(
        () -> Sgd.plain().weightDecay(-1f), "weight decay must be finite and >= 0, was -1.0");
    assertRefused(() -> AdamW.defaults().betas(1f, 0.9f), "beta1 must be in [0, 1), was 1.0");
    assertRefused(() -> AdamW.defaults().betas(0, -0.1f), "beta2 must be in [0, 1), was -0.1");
    assertRefused(() -> AdamW.defaults().epsilon(0), "epsilon must be finite and > 0, was 0.0");
    assertRefused(
        () -> Lars.defaults().eta(Float.POSITIVE_INFINITY),
        "eta must be finite and > 0, was Infinity");
    assertRefused(() -> Lars.defaults().epsilon(-1f), "epsilon must be finite and >= 0, was -1.0");
    assertRefused(() -> Lamb.defaults().betas(0.9f, 2f), "beta2 must be in [0, 1), was 2.0");
  }

  @Test
  void refusesSettingsThatItCannotRead() {
    Map<String, Object> settings = new HashMap<>(Sgd.momentum(0.9f).settings());
    settings.put("dampening", 0.5);
    assertRefused(() -> Optimizer.of(settings), "optimizer sgd has no setting [dampening]");
    assertRefused(
        () -> Optimizer.of(Map.of("name", "rmsprop")),
        "unknown optimizer \"rmsprop\"; known: sgd, adamw, lars, lamb");
    assertRefused(
        () -> Optimizer.of(Map.of("name", "sgd", "momentum", "much")),
        "optimizer setting momentum must be a number, was much");
    settings.remove("dampening");
    settings.put("scope", "none");
    assertRefused(
        () -> Optimizer.of(settings),
        "optimizer setting scope must be one of [all, weights-only], was none");
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static void assertClose(
      List<float[]> actual, List<Reference> expected, List<Rig.Spec> specs) {
    for (int i = 0; i < specs.size(); i++) {
      double[] want = expected.get(i).p;
      for (int j = 0; j < want.length; j++) {
        assertThat((double) actual.get(i)[j])
            .as("%s[%d]", specs.get(i).path(), j)
            .isCloseTo(want[j], within(1e-5 * Math.max(Math.abs(want[j]), 0.1)));
      }
    }
  }

  private static Shape shapeOf(long... sizes) {
    return Shape.of(sizes);
  }

  /** The values after one step in which every parameter takes the same gradient. */
  private static List<float[]> once(
      Optimizer optimizer, float rate, List<Rig.Spec> specs, float[] gradient) {
    try (Rig rig = new Rig(specs)) {
      List<Op> updates =
          optimizer.apply(rig.afterGradients(), rig.gradients, rig.inputs, rig.slots);
      rig.start();
      rig.run(updates, rate, 1, specs.stream().map(spec -> gradient).toList());
      return rig.values();
    }
  }

  /** What a step with zero gradients changes: nothing but weight decay can. */
  private static List<String> decayedPaths(Optimizer optimizer) {
    Rig.Spec weight = new Rig.Spec("w", Role.WEIGHT, shapeOf(2), new float[] {3, 4});
    Rig.Spec bias = new Rig.Spec("b", Role.BIAS_OR_NORM, shapeOf(2), new float[] {3, 4});
    List<float[]> after = once(optimizer, 0.1f, List.of(weight, bias), new float[2]);
    return IntStream.range(0, 2)
        .filter(i -> after.get(i)[0] != 3)
        .mapToObj(i -> List.of("w", "b").get(i))
        .toList();
  }

  private static List<String> slotsOf(Optimizer optimizer) {
    try (Rig rig = new Rig(List.of(Rig.Spec.zero("b", Role.BIAS_OR_NORM, 2)))) {
      optimizer.apply(rig.tf, rig.gradients, rig.inputs, rig.slots);
      return rig.slots.all().stream().map(SlotVariable::name).toList();
    }
  }

  /** Sixty steps of a deep linear network, whose gradients read all of its weights. */
  private static float[][] train(Optimizer optimizer) {
    Random random = new Random(3);
    try (Rig rig = new Rig(List.of())) {
      Ops tf = rig.tf;
      List<Parameter> weights = new ArrayList<>();
      Operand<TFloat32> out = tf.constant(batch(random));
      for (int i = 0; i < 6; i++) {
        var spec = Rig.Spec.random("layer" + i + "/kernel", Role.WEIGHT, random, 48, 48);
        weights.add(Rig.parameter(tf, spec, true));
        out = tf.math.tanh(tf.linalg.matMul(out, weights.get(i).value()));
      }
      Operand<TFloat32> loss = tf.nn.l2Loss(out);
      var derived = tf.gradients(loss, weights.stream().map(w -> w.value()).toList());
      List<GradientOf> gradients = new ArrayList<>();
      List<Op> barrier = new ArrayList<>();
      for (int i = 0; i < weights.size(); i++) {
        Operand<TFloat32> gradient = derived.dy(i);
        gradients.add(new GradientOf(weights.get(i), gradient));
        barrier.add(gradient);
      }
      List<Op> updates =
          optimizer.apply(tf.withControlDependencies(barrier), gradients, rig.inputs, rig.slots);
      rig.start();
      for (long t = 1; t <= 60; t++) {
        rig.run(updates, 0.01f, t, List.of());
      }
      return rig.read(weights.stream().map(w -> w.variable()).toList()).toArray(float[][]::new);
    }
  }

  private static float[][] batch(Random random) {
    float[][] rows = new float[32][48];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
