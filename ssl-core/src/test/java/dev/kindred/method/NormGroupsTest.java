package dev.kindred.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class NormGroupsTest {
  private static final TensorEncoder ANY =
      new TensorEncoder() {
        @Override
        public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
          return view;
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
  void acrossABatchEveryThirdExampleIsInOneGroup() {
    assertThat(ordered(new NormGroups(3, true))).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void alongABatchNothingMoves() {
    assertThat(ordered(new NormGroups(3, false))).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void whatWasMovedIsPutBack() {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      NormGroups groups = new NormGroups(3, true);
      Operand<TFloat32> rows = rows(tf);
      assertThat(values(groups.restore(tf, List.of(groups.order(tf, ANY, rows))).get(0)))
          .isEqualTo(values(rows));
    }
  }

  private static float[] ordered(NormGroups groups) {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      return values(groups.order(tf, ANY, rows(tf)));
    }
  }

  private static Operand<TFloat32> rows(Ops tf) {
    return tf.constant(new float[][] {{0}, {1}, {2}, {3}, {4}, {5}});
  }

  private static float[] values(Operand<TFloat32> operand) {
    TFloat32 tensor = operand.asTensor();
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }
}
