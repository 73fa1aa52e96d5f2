package dev.kindred.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.Op;

class AccumulationTest {
  private static final List<Rig.Spec> SPECS = OptimizerTest.specs();

  @Test
  void fourMicroBatchesAreOneBigBatch() {
    List<List<float[]>> batches = batches(12);
    List<List<float[]>> means = new ArrayList<>();
    for (int i = 0; i < batches.size(); i += 4) {
      means.add(mean(batches.subList(i, i + 4)));
    }
    assertClose(train(4, batches), train(1, means));
  }

  @Test
  void sameBatchesGiveSameBytes() {
    List<List<float[]>> batches = batches(60);
    assertThat(train(3, batches).toArray(float[][]::new))
        .isDeepEqualTo(train(3, batches).toArray(float[][]::new));
  }

  @Test
  void leavesItsAccumulatorsEmptyAfterAStep() {
    try (Rig rig = new Rig(SPECS)) {
      AccumulatedGradients accumulated = Accumulation.of(2).apply(rig.tf, rig.gradients, rig.slots);
      rig.start();
      List<float[]> gradients = batches(1).get(0);
      rig.run(accumulated.add(), 1f, 1, gradients);
      assertThat(slots(rig).get(0)).isNotEqualTo(new float[slots(rig).get(0).length]);
      rig.run(accumulated.reset(), 1f, 1, gradients);
      slots(rig).forEach(values -> assertThat(values).containsOnly(0f));
    }
  }

  @Test
  void refusesFewerThanOneMicroBatch() {
    assertThatThrownBy(() -> Accumulation.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("micro-batches must be >= 1, was 0");
  }

  private static List<float[]> slots(Rig rig) {
    return rig.read(rig.slots.all().stream().map(SlotVariable::variable).toList());
  }

  /** Trains on all batches, taking a step after every {@code micro} of them. */
  private static List<float[]> train(int micro, List<List<float[]>> batches) {
    try (Rig rig = new Rig(SPECS)) {
      AccumulatedGradients accumulated =
          Accumulation.of(micro).apply(rig.tf, rig.gradients, rig.slots);
      List<Op> last = new ArrayList<>(accumulated.reset());
      last.addAll(
          Sgd.momentum(0.9f)
              .apply(rig.afterGradients(), accumulated.totals(), rig.inputs, rig.slots));
      rig.start();
      for (int i = 0; i < batches.size(); i++) {
        boolean step = i % micro == micro - 1;
        rig.run(step ? last : accumulated.add(), 0.1f, 1 + i / micro, batches.get(i));
      }
      return rig.values();
    }
  }

  private static List<List<float[]>> batches(int count) {
    Random random = new Random(5);
    List<List<float[]>> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(SPECS.stream().map(spec -> spec.gradient(random)).toList());
    }
    return batches;
  }

  private static List<float[]> mean(List<List<float[]>> batches) {
    List<float[]> means = new ArrayList<>();
    for (int i = 0; i < SPECS.size(); i++) {
      float[] mean = new float[batches.get(0).get(i).length];
      for (int j = 0; j < mean.length; j++) {
        double sum = 0;
        for (List<float[]> batch : batches) {
          sum += batch.get(i)[j];
        }
        mean[j] = (float) (sum / batches.size());
      }
      means.add(mean);
    }
    return means;
  }

  private static void assertClose(List<float[]> actual, List<float[]> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i), within(1e-6f));
    }
  }
}
