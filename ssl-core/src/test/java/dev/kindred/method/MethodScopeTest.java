package dev.kindred.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.nn.BatchNorm;
import dev.kindred.nn.Network;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class MethodScopeTest {
  private static final float[][] FIRST = {{0}, {2}, {4}, {6}};
  private static final float[][] SECOND = {{10}, {12}, {14}, {16}};

  /** Nothing but batch normalisation. */
  private static final TensorEncoder NORM =
      new TensorEncoder() {
        @Override
        public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
          return BatchNorm.create().apply(scope, view);
        }

        @Override
        public int dimension() {
          return 1;
        }

        @Override
        public Map<String, Object> settings() {
          return Map.of();
        }
      };

  @Test
  void theViewsOfOnePassShareTheirBatchStatistics() {
    float deviation = (float) Math.sqrt(30);
    assertThat(first(NormGroups.WHOLE))
        .containsExactly(
            new float[] {-8 / deviation, -6 / deviation, -4 / deviation, -2 / deviation},
            within(1e-4f));
  }

  @Test
  void groupsAreOfOneViewEach() {
    assertThat(first(new NormGroups(2, false)))
        .containsExactly(new float[] {-1, 1, -1, 1}, within(1e-4f));
    assertThat(first(new NormGroups(2, true)))
        .containsExactly(new float[] {-1, -1, 1, 1}, within(1e-4f));
  }

  /** The representations of the first view. */
  private static float[] first(NormGroups groups) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, Network.Mode.TRAINING, 0);
      MethodScope<Operand<TFloat32>> scope =
          new MethodScope<>(
              network.scope(),
              NORM,
              tf.constant(0f),
              tf.constant(new int[0]),
              view -> {
                throw new IllegalArgumentException("these views cannot be blended");
              });
      List<Operand<TFloat32>> encoded =
          scope.encode(Method.ONLINE, List.of(tf.constant(FIRST), tf.constant(SECOND)), groups);
      session.initialize();
      try (Result result = session.runner().fetch(encoded.get(0)).run()) {
        float[] values = new float[FIRST.length];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }
}
