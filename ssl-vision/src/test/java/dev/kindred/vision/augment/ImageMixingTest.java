package dev.kindred.vision.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Mixed;
import dev.kindred.data.Randomness;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class ImageMixingTest {
  private static final int BATCH = 64;
  private static final int SIDE = 8;

  /** One value a pixel, equal in the three channels, and the share of each image. */
  private record Blends(float[][] pixels, float[] shares) {}

  @Test
  void mixupIsTheWeightedMeanOfAnImageAndTheOneBefore() {
    Blends blends = blended(ImageMixing.MIXUP, 1);
    for (int i = 0; i < BATCH; i++) {
      float share = blends.shares[i];
      float expected = share * i + (1 - share) * Math.floorMod(i - 1, BATCH);
      for (float pixel : blends.pixels[i]) {
        assertThat(pixel).isCloseTo(expected, within(1e-4f));
      }
    }
  }

  @Test
  void cutMixTakesARectangleOfTheOneBefore() {
    Blends blends = blended(ImageMixing.CUTMIX, 1);
    for (int i = 0; i < BATCH; i++) {
      int own = 0;
      for (float pixel : blends.pixels[i]) {
        assertThat(pixel).isIn((float) i, (float) Math.floorMod(i - 1, BATCH));
        own += pixel == i ? 1 : 0;
      }
      assertThat(blends.shares[i])
          .isCloseTo((float) own / (SIDE * SIDE * 3), within(1e-6f))
          .isBetween(0.3f, 1f);
      assertThat(isRectangle(blends.pixels[i], Math.floorMod(i - 1, BATCH))).isTrue();
    }
    Arrays.sort(blends.shares);
    assertThat(blends.shares[0]).isLessThan(0.8f);
  }

  @ParameterizedTest
  @EnumSource
  void theSharesAreDrawnAnewAtEveryStep(ImageMixing mixing) {
    assertThat(blended(mixing, 1).shares).isEqualTo(blended(mixing, 1).shares);
    assertThat(blended(mixing, 1).shares).isNotEqualTo(blended(mixing, 2).shares);
  }

  @Test
  void mixupKeepsAtLeastHalfOfEachImage() {
    float[] shares = blended(ImageMixing.MIXUP, 3).shares;
    double mean = 0;
    for (float share : shares) {
      assertThat(share).isBetween(0.5f, 1f);
      mean += share / BATCH;
    }
    assertThat(mean).isCloseTo(0.75, within(0.07));
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageMixing.of("fmix"))
        .withMessage("mixing must be one of mixup, cutmix, was fmix");
  }

  private static boolean isRectangle(float[] pixels, float other) {
    int cut = 0;
    int top = SIDE;
    int bottom = -1;
    int left = SIDE;
    int right = -1;
    for (int p = 0; p < SIDE * SIDE; p++) {
      if (pixels[3 * p] == other) {
        cut++;
        top = Math.min(top, p / SIDE);
        bottom = Math.max(bottom, p / SIDE);
        left = Math.min(left, p % SIDE);
        right = Math.max(right, p % SIDE);
      }
    }
    return cut == Math.max(0, bottom - top + 1) * Math.max(0, right - left + 1);
  }

  /** Image i holds the value i everywhere. */
  private static Blends blended(ImageMixing mixing, int step) {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      float[][][][] images = new float[BATCH][SIDE][SIDE][3];
      for (int i = 0; i < BATCH; i++) {
        for (float[][] row : images[i]) {
          for (float[] pixel : row) {
            Arrays.fill(pixel, i);
          }
        }
      }
      Randomness randomness = new Randomness(tf, tf.constant(new int[] {5, step}));
      Mixed<Operand<TFloat32>> mixed = mixing.mix(tf, tf.constant(images), randomness);
      float[] flat = values(mixed.view());
      float[][] pixels = new float[BATCH][];
      for (int i = 0; i < BATCH; i++) {
        int length = SIDE * SIDE * 3;
        pixels[i] = Arrays.copyOfRange(flat, i * length, (i + 1) * length);
      }
      assertThat(mixed.view().asTensor().shape()).isEqualTo(Shape.of(BATCH, SIDE, SIDE, 3));
      return new Blends(pixels, values(mixed.share()));
    }
  }

  private static float[] values(Operand<TFloat32> operand) {
    TFloat32 tensor = operand.asTensor();
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }
}
