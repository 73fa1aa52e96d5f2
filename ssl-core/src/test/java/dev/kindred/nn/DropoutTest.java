package dev.kindred.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Randomness;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DropoutTest {
  private static final int ROWS = 100;
  private static final int COLUMNS = 40;

  @Test
  void aShareOfNumbersIsZeroAndTheOthersMakeUpForIt() {
    float[] dropped = of(Network.Mode.TRAINING, 0.2, 1, 1);
    float[] kept = values(dropped, 0);
    assertThat(kept).containsOnly(2 / 0.8f);
    assertThat(kept.length / (double) dropped.length).isCloseTo(0.8, within(0.03));
  }

  @Test
  void inferenceAndARateOfZeroChangeNothing() {
    assertThat(of(Network.Mode.INFERENCE, 0.9, 1, 1)).containsOnly(2f);
    assertThat(of(Network.Mode.TRAINING, 0, 1, 1)).containsOnly(2f);
  }

  @Test
  void oneStepDrawsAlikeAndAnotherStepOtherNumbers() {
    assertThat(of(Network.Mode.TRAINING, 0.5, 1, 1))
        .isEqualTo(of(Network.Mode.TRAINING, 0.5, 1, 1));
    assertThat(of(Network.Mode.TRAINING, 0.5, 1, 1))
        .isNotEqualTo(of(Network.Mode.TRAINING, 0.5, 2, 1));
  }

  /** Two in a row of the same path leave a quarter, not a half. */
  @Test
  void aSecondOneDrawsAnew() {
    float[] dropped = of(Network.Mode.TRAINING, 0.5, 1, 2);
    assertThat(values(dropped, 0).length / (double) dropped.length).isCloseTo(0.25, within(0.03));
    assertThat(values(dropped, 0)).containsOnly(8f);
  }

  @Test
  void ratesBelowOneOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dropout(1))
        .withMessage("dropout must be in [0, 1), was 1.0");
  }

  private static float[] values(float[] all, float without) {
    float[] others = new float[all.length];
    int count = 0;
    for (float value : all) {
      if (value != without) {
        others[count++] = value;
      }
    }
    return Arrays.copyOf(others, count);
  }

  private static float[] of(Network.Mode mode, double rate, int step, int times) {
    return NetworkRun.of(
        mode,
        network -> {
          Ops tf = network.scope().tf();
          network.randomness(new Randomness(tf, tf.constant(new int[] {4, step})));
          Operand<TFloat32> output = tf.fill(tf.array(ROWS, COLUMNS), tf.constant(2f));
          for (int i = 0; i < times; i++) {
            output = new Dropout(rate).apply(network.scope(), output);
          }
          return output;
        },
        NetworkRun.Prepare.NOTHING);
  }
}
