package dev.kindred.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/** Updates stay in float32 where the network is computed in bfloat16. */
class MixedPrecisionTest {
  private static final int WIDTH = 64;
  private static final int BATCH = 128;

  /** What a case builds on a gradient of exactly 1 for a weight of exactly 1. */
  record Step(Ops tf, List<GradientOf> gradients, StepInputs inputs, Slots slots) {
    List<? extends Op> apply(Optimizer optimizer) {
      return apply(optimizer, gradients);
    }

    List<? extends Op> apply(Optimizer optimizer, List<GradientOf> changed) {
      return optimizer.apply(
          tf.withControlDependencies(gradients.get(0).gradient()), changed, inputs, slots);
    }
  }

  static Stream<Named<Function<Step, List<? extends Op>>>> updates() {
    Sgd plain = Sgd.plain();
    Sgd decayed = plain.weightDecay(1e-4f);
    return Stream.of(
        Named.of("sgd", step -> step.apply(decayed)),
        Named.of("momentum", step -> step.apply(Sgd.momentum(0.9f).weightDecay(1e-4f))),
        Named.of("adamw", step -> step.apply(AdamW.defaults().weightDecay(1e-4f))),
        Named.of("lars", step -> step.apply(Lars.defaults().eta(0.7f).clip(false))),
        Named.of("clipped lars", step -> step.apply(Lars.defaults().eta(1e3f))),
        Named.of("lamb", step -> step.apply(Lamb.defaults().weightDecay(1e-4f))),
        Named.of(
            "clip",
            step ->
                step.apply(
                    plain, GradientClip.globalNorm(7f).apply(step.tf, step.gradients).gradients())),
        Named.of("accumulation of 1", step -> accumulated(step, 1, decayed)),
        Named.of("accumulation of 3", step -> accumulated(step, 3, decayed)),
        Named.of("accumulation of 10", step -> accumulated(step, 10, plain)));
  }

  private static List<? extends Op> accumulated(Step step, int of, Sgd sgd) {
    return step.apply(sgd, Accumulation.of(of).apply(step.tf, step.gradients, step.slots).totals());
  }

  @ParameterizedTest
  @MethodSource("updates")
  void areTheSameInBothPrecisions(Function<Step, List<? extends Op>> update) {
    float full = weightAfter(update, RewriterConfig.Toggle.OFF);
    float mixed = weightAfter(update, RewriterConfig.Toggle.ON);
    assertThat(full).isNotEqualTo(1f);
    assertThat(mixed).isCloseTo(full, within(2e-7f));
  }

  private static float weightAfter(
      Function<Step, List<? extends Op>> update, RewriterConfig.Toggle bfloat16) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> input =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(BATCH, WIDTH)));
      Placeholder<TFloat32> one = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of()));
      Parameter weight = Rig.parameter(tf, spec("weight"), true);
      List<? extends Op> targets = update.apply(step(tf, input, one, weight));
      try (Session session = new Session(graph, config(bfloat16));
          TFloat32 inputs = filled(1f / BATCH, BATCH, WIDTH);
          TFloat32 ones = TFloat32.scalarOf(1)) {
        session.initialize();
        Session.Runner runner = session.runner().feed(input, inputs).feed(one, ones);
        targets.forEach(runner::addTarget);
        runner.run().close();
        try (var result = session.runner().fetch(weight.variable()).run()) {
          return Rig.floats((TFloat32) result.get(0))[0];
        }
      }
    }
  }

  /** The loss is the sum of two layers' outputs, scaled so that the gradient is 1 everywhere. */
  private static Step step(
      Ops tf, Placeholder<TFloat32> input, Placeholder<TFloat32> one, Parameter weight) {
    Parameter last = Rig.parameter(tf, spec("last"), false);
    var hidden = tf.nn.relu(tf.linalg.matMul(input, weight.value()));
    var output = tf.linalg.matMul(hidden, tf.math.mul(tf.constant(1f / WIDTH), last.value()));
    var loss = tf.reduceSum(output, tf.constant(new int[] {0, 1}));
    var gradient = tf.gradients(loss, List.of(weight.value())).<TFloat32>dy(0);
    return new Step(
        tf, List.of(new GradientOf(weight, gradient)), new StepInputs(one, one), new Slots(tf));
  }

  private static Rig.Spec spec(String path) {
    float[] ones = new float[WIDTH * WIDTH];
    Arrays.fill(ones, 1f);
    return new Rig.Spec(path, Parameter.Role.WEIGHT, Shape.of(WIDTH, WIDTH), ones);
  }

  private static TFloat32 filled(float value, int rows, int columns) {
    float[] values = new float[rows * columns];
    Arrays.fill(values, value);
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(values));
  }

  private static ConfigProto config(RewriterConfig.Toggle bfloat16) {
    RewriterConfig rewriter =
        RewriterConfig.newBuilder().setAutoMixedPrecisionOnednnBfloat16(bfloat16).build();
    return ConfigProto.newBuilder()
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter))
        .build();
  }
}
