package dev.kindred.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.kindred.benchmarks.ReadyViews;
import dev.kindred.benchmarks.SimClrStep;
import dev.kindred.losses.NtXent;
import dev.kindred.runtime.Precision;
import dev.kindred.runtime.Sessions;
import dev.kindred.train.TrainingStep;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DjlStepTest {
  private static final int WIDTH = 2;
  private static final int EXAMPLES = 3;

  @Test
  void trainsAsManyParametersAsKindred() {
    try (TrainingStep<float[], ?> ours =
            SimClrStep.of(new ReadyViews(SimClrStep.SIZE, 2), WIDTH, Precision.FLOAT32);
        DjlStep theirs = new DjlStep(WIDTH, EXAMPLES, 1)) {
      assertThat(theirs.trainableSize()).isEqualTo(ours.trainableSize());
    }
  }

  @Test
  void learnsItsBatch() {
    try (DjlStep step = new DjlStep(WIDTH, EXAMPLES, 1)) {
      assertThat(step.measure()).isPositive();
      float before = step.loss();
      for (int i = 0; i < 5; i++) {
        step.measure();
      }
      assertThat(step.loss()).isFinite().isLessThan(before);
    }
  }

  @Test
  void itsLossIsKindreds() {
    float[] first = {1, 2, -3, 0.5f, -1, 2};
    float[] second = {0.5f, 2, 1, 1, -2, -1};
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      float[] both = new float[12];
      System.arraycopy(first, 0, both, 0, 6);
      System.arraycopy(second, 0, both, 6, 6);
      NDArray projections = manager.create(both, new Shape(2 * EXAMPLES, 2));

      float loss = new DjlNtXent(manager, EXAMPLES, 0.5f).of(projections).getFloat();

      assertThat(loss).isCloseTo(kindred(first, second), within(1e-5f));
    }
  }

  private static float kindred(float[] first, float[] second) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> loss =
          NtXent.withTemperature(0.5f).of(tf, matrix(tf, first), matrix(tf, second));
      try (TFloat32 value = (TFloat32) session.runner().fetch(loss).run().get(0)) {
        return value.getFloat();
      }
    }
  }

  private static Operand<TFloat32> matrix(Ops tf, float[] values) {
    return tf.reshape(tf.constant(values), tf.constant(new int[] {EXAMPLES, 2}));
  }
}
