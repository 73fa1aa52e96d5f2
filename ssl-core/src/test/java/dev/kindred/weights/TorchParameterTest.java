package dev.kindred.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TorchParameterTest {
  private static final TorchParameter THREE =
      new TorchParameter(List.of("q", "k", "v"), TorchLayout.MATRIX);

  /** Two inputs and three outputs here; a row for each output there, each in its own tensor. */
  private static final long[] OURS = {2, 3};

  private static final float[] VALUES = {1, 2, 3, 4, 5, 6};

  @Test
  void rowsAreSharedOutAndJoined() {
    List<NamedTensor> tensors = THREE.toTorch(OURS, VALUES);
    assertThat(tensors).extracting(NamedTensor::name).containsExactly("q", "k", "v");
    assertThat(tensors.get(1).shape()).containsExactly(1, 2);
    assertThat(tensors)
        .extracting(NamedTensor::values)
        .containsExactly(new float[] {1, 4}, new float[] {2, 5}, new float[] {3, 6});
    assertThat(THREE.fromTorch(OURS, tensors)).containsExactly(VALUES);
  }

  @Test
  void rowsThatCannotBeSharedOutAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> THREE.shape(new long[] {3, 4}))
        .withMessage("q's rows must be a multiple of 3 tensors, was [4, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TorchParameter(List.of(), TorchLayout.SAME))
        .withMessage("names must be at least one, was none");
  }
}
