package dev.kindred.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.data.Randomness;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class NetworkTest {
  /** What acts while it learns: the same weights without what training does. */
  @Test
  void inferenceSharesParametersAndLeavesOutWhatIsOfTraining() {
    NetworkRun.of(
        Network.Mode.TRAINING,
        network -> {
          Ops tf = network.scope().tf();
          network.randomness(new Randomness(tf, tf.constant(new int[] {4, 1})));
          Operand<TFloat32> input = tf.constant(new float[][] {{1, 2}, {3, 5}});
          Block block =
              Dense.of(2).named("dense").then(BatchNorm.create().named("bn")).then(new Dropout(.5));
          block.apply(network.scope(), input);
          List<Parameter> before = List.copyOf(network.parameters());
          int replaced = network.replacements(tf, true).size();
          Operand<TFloat32> output = block.apply(network.inference().scope(), input);
          assertThat(network.parameters()).containsExactlyElementsOf(before);
          assertThat(network.replacements(tf, true)).hasSize(replaced);
          assertThat(network.inference().scope().training()).isFalse();
          return output;
        },
        NetworkRun.Prepare.NOTHING);
  }
}
