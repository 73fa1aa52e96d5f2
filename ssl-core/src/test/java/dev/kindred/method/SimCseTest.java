package dev.kindred.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.nn.Network;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class SimCseTest {
  private static final double T = 0.5;
  private static final float[][] FIRST = {{1, 2}, {-1, 0.5f}, {0.3f, -2}};
  private static final float[][] SECOND = {{2, 1}, {-3, 1}, {1, -1}};
  private static final float[][] HARD = {{1, 1.5f}, {-1, -1}, {0.5f, 0.1f}};

  /** What goes in comes out. */
  private record Identity(int dimension) implements TensorEncoder {
    @Override
    public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
      return view;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of();
    }
  }

  @Test
  void twoViewsAreTheCrossEntropyOfCosinesByTheTemperature() {
    assertThat(loss(new SimCse(List.of(), T, List.of()), FIRST, SECOND))
        .isCloseTo(expected(SECOND), within(1e-5));
  }

  @Test
  void aThirdViewIsAHardNegativeForAllAndAFourthIsLeftOut() {
    float[][] candidates = {SECOND[0], SECOND[1], SECOND[2], HARD[0], HARD[1], HARD[2]};
    double expected = expected(candidates);
    assertThat(loss(new SimCse(List.of(), T, List.of()), FIRST, SECOND, HARD))
        .isCloseTo(expected, within(1e-5));
    assertThat(loss(new SimCse(List.of(), T, List.of()), FIRST, SECOND, HARD, FIRST))
        .isCloseTo(expected, within(1e-5));
  }

  @Test
  void theProjectorIsAHeadOfItsOwnAndNotOfTheEncoder() {
    assertThat(paths(new SimCse(List.of(), T, List.of()))).isEmpty();
    assertThat(paths(new SimCse(List.of(4, 3), T, List.of())))
        .isNotEmpty()
        .allMatch(path -> path.startsWith("online/projector/"));
  }

  @Test
  void settingsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimCse(List.of(), 0, List.of()))
        .withMessageStartingWith("temperature must be");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimCse(List.of(3, 0), T, List.of()))
        .withMessage("projector width must be >= 1, was 0");
  }

  private static double expected(float[][] candidates) {
    double loss = 0;
    for (int i = 0; i < FIRST.length; i++) {
      float[] anchor = FIRST[i];
      double sum =
          Arrays.stream(candidates).mapToDouble(row -> Math.exp(cosine(anchor, row) / T)).sum();
      loss += (Math.log(sum) - cosine(anchor, SECOND[i]) / T) / FIRST.length;
    }
    return loss;
  }

  private static double cosine(float[] a, float[] b) {
    return (a[0] * b[0] + a[1] * b[1]) / Math.hypot(a[0], a[1]) / Math.hypot(b[0], b[1]);
  }

  private static double loss(SimCse method, float[][]... views) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Operand<TFloat32> loss = build(method, network(graph), views);
      try (Result result = session.runner().fetch(loss).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  private static List<String> paths(SimCse method) {
    try (Graph graph = new Graph()) {
      Network network = network(graph);
      build(method, network, FIRST, SECOND);
      return network.parameters().stream().map(parameter -> parameter.path()).toList();
    }
  }

  private static Network network(Graph graph) {
    return new Network(Ops.create(graph), Network.Mode.TRAINING, 0);
  }

  private static Operand<TFloat32> build(SimCse method, Network network, float[][]... views) {
    Ops tf = network.scope().tf();
    MethodScope<Operand<TFloat32>> scope =
        new MethodScope<>(
            network.scope(),
            new Identity(2),
            tf.constant(0f),
            tf.constant(new int[0]),
            view -> {
              throw new IllegalArgumentException("these views cannot be blended");
            });
    List<Operand<TFloat32>> fed =
        Arrays.stream(views).map(view -> (Operand<TFloat32>) tf.constant(view)).toList();
    return method.compare(scope, method.project(scope, fed)).loss();
  }
}
