package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.EagerSession;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;

class TokenPoolingTest {
  private static final float[][] VECTORS = {{1, -2}, {3, -5}, {700, 800}};

  @Test
  void poolsByHand() {
    float[] two = {1, 1, 0};
    assertThat(pooled(TokenPooling.MEAN, two)).containsExactly(2, -3.5f);
    assertThat(pooled(TokenPooling.FIRST, two)).containsExactly(1, -2);
    assertThat(pooled(TokenPooling.MAX, two)).containsExactly(3, -2);
    assertThat(pooled(TokenPooling.WEIGHTED_MEAN, 3, 1, 0)).containsExactly(1.5f, -2.75f);
  }

  /** Weights are trained, and may pass zero: their mean must not grow without bound there. */
  @Test
  void weightsOfBothSignsKeepTheMeanWithinTheVectors() {
    assertThat(pooled(TokenPooling.WEIGHTED_MEAN, 1, -1, 0))
        .containsExactly(new float[] {-1, 1.5f}, within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource
  void aTextWithoutAPieceIsZeros(TokenPooling pooling) {
    assertThat(pooled(pooling, 0, 0, 0)).containsExactly(new float[2], within(0f));
  }

  @Test
  void settingsNameThemAsTheCommandLineDoes() {
    assertThat(TokenPooling.WEIGHTED_MEAN.label()).isEqualTo("weighted-mean");
  }

  private static float[] pooled(TokenPooling pooling, float... weights) {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      return StdArrays.array2dCopyOf(
          pooling
              .apply(
                  tf, tf.constant(new float[][][] {VECTORS}), tf.constant(new float[][] {weights}))
              .asTensor())[0];
    }
  }
}
