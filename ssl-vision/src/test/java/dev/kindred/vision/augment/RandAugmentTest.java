package dev.kindred.vision.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandAugmentTest {
  private static final int SIDE = 20;
  private static final CenterCrop WHOLE = new CenterCrop(SIDE);
  private static final double FILL = 0.3;

  @ParameterizedTest
  @CsvSource({"0", "5", "9", "10", "24", "30"})
  void everyOperationEqualsTheReference(int magnitude) {
    List<Picture> pictures = Picture.batch(120, SIDE, SIDE);
    Map<RandomOperation, Integer> signs = new EnumMap<>(RandomOperation.class);
    try (Augmented graph = new Augmented(SIDE, WHOLE, new RandAugment(1, magnitude, FILL))) {
      float[][] views = graph.run(3, pictures);
      float[] operation = graph.draws(1, "operation", 3, pictures, 1)[0];
      float[] sign = graph.draws(1, "sign", 3, pictures, 1)[0];
      for (int b = 0; b < views.length; b++) {
        RandomOperation drawn = drawn(operation[b]);
        signs.merge(drawn, sign[b] < 0.5 ? 1 : 2, (left, right) -> left | right);
        double[][][] expected =
            changed(pictures.get(b).planes(), drawn, magnitude, sign[b] < 0.5 ? 1 : -1);
        assertThat(views[b])
            .as("picture %d, %s", b, drawn)
            .containsExactly(Reference.flat(expected), within(2e-5f));
      }
    }
    assertThat(signs).as("operations and signs met").hasSize(14).allSatisfy(this::bothSigns);
  }

  private void bothSigns(RandomOperation operation, int met) {
    assertThat(met).as("%s", operation).isEqualTo(3);
  }

  @Test
  void doesOneOperationAfterTheOther() {
    List<Picture> pictures = Picture.batch(200, SIDE, SIDE);
    int pairs = 0;
    try (Augmented graph = new Augmented(SIDE, WHOLE, new RandAugment(2, 12, FILL))) {
      float[][] views = graph.run(0, pictures);
      float[][] operation = graph.draws(1, "operation", 0, pictures, 2);
      float[][] sign = graph.draws(1, "sign", 0, pictures, 2);
      for (int b = 0; b < views.length; b++) {
        double[][][] expected = pictures.get(b).planes();
        for (int i = 0; i < 2; i++) {
          expected = changed(expected, drawn(operation[i][b]), 12, sign[i][b] < 0.5 ? 1 : -1);
        }
        if (continuous(drawn(operation[1][b]))) {
          pairs++;
          assertThat(views[b])
              .as("picture %d", b)
              .containsExactly(Reference.flat(expected), within(1e-4f));
        }
      }
    }
    assertThat(pairs).isGreaterThan(100);
  }

  @Test
  void drawsAllOperationsEquallyOftenAndIndependently() {
    List<Picture> pictures = Picture.copies(5880, Picture.random(1, 1, 0));
    int[] counts = new int[14 * 14];
    int minus = 0;
    try (Augmented graph = new Augmented(1, new CenterCrop(1), new RandAugment(2, 9, 0))) {
      float[][] operation = graph.draws(1, "operation", 0, pictures, 2);
      float[][] sign = graph.draws(1, "sign", 0, pictures, 2);
      for (int b = 0; b < pictures.size(); b++) {
        counts[14 * (int) (14 * operation[0][b]) + (int) (14 * operation[1][b])]++;
        minus += sign[0][b] < 0.5 == sign[1][b] < 0.5 ? 0 : 1;
      }
    }
    double chiSquared = Arrays.stream(counts).mapToDouble(n -> (n - 30) * (n - 30) / 30.0).sum();
    assertThat(chiSquared).as("195 degrees of freedom, deviation 19.7").isBetween(97.0, 294.0);
    assertThat(minus).as("2940 expected, standard deviation 38").isBetween(2748, 3132);
  }

  @Test
  void ofNoOperationsChangesNothing() {
    List<Picture> pictures = Picture.batch(5, SIDE, SIDE);
    try (Augmented graph = new Augmented(SIDE, WHOLE, new RandAugment(0, 9, 0));
        Augmented plain = new Augmented(SIDE, WHOLE)) {
      assertThat(graph.run(0, pictures)).isDeepEqualTo(plain.run(0, pictures));
    }
  }

  @Test
  void equalizesAsPilDoes() {
    // Of ImageOps.equalize in Pillow 12.3, row 7 of green and column 4 of blue.
    int[] row = {
      74, 74, 79, 84, 111, 120, 147, 175, 115, 147, 192, 227, 255, 255, 255, 255, 255, 255, 23, 54
    };
    int[] column = {
      34, 45, 50, 66, 70, 109, 113, 118, 140, 150, 113, 118, 140, 150, 160, 235, 240, 255, 255, 255
    };
    float[] view = first(RandomOperation.EQUALIZE, 9, slopes());
    for (int i = 0; i < SIDE; i++) {
      assertThat(view[(SIDE + 7) * SIDE + i]).isEqualTo(row[i] / 255f, within(1e-6f));
      assertThat(view[(2 * SIDE + i) * SIDE + 4]).isEqualTo(column[i] / 255f, within(1e-6f));
    }
  }

  /** Unlike slopes in each channel, with steps and ripples. */
  private static Picture slopes() {
    int[] values = new int[3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE % SIDE;
      int slope = x * x / 2 + y * (i / (SIDE * SIDE) + 3);
      values[i] = 20 + (slope + 11 * ((x / 4 + y / 5) % 3) + x * y % 7) % 200;
    }
    return new Picture(SIDE, SIDE, values);
  }

  @Test
  void leavesAFlatPictureFlat() {
    int[] values = new int[3 * SIDE * SIDE];
    Arrays.fill(values, 100);
    Picture flat = new Picture(SIDE, SIDE, values);
    for (RandomOperation operation :
        List.of(
            RandomOperation.AUTO_CONTRAST,
            RandomOperation.EQUALIZE,
            RandomOperation.SHARPNESS,
            RandomOperation.CONTRAST)) {
      assertThat(first(operation, 9, flat))
          .as("%s", operation)
          .containsExactly(Reference.flat(flat.planes()), within(1e-5f));
    }
  }

  @Test
  void refusesWrongSettings() {
    assertThatThrownBy(() -> new RandAugment(-1, 9, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("operations must be >= 0, was -1");
    assertThatThrownBy(() -> new RandAugment(2, 31, 0))
        .hasMessage("magnitude must be in [0, 30], was 31");
    assertThatThrownBy(() -> new RandAugment(2, -1, 0))
        .hasMessage("magnitude must be in [0, 30], was -1");
    assertThatThrownBy(() -> new RandAugment(2, 9, 1.5))
        .hasMessage("fill must be in [0, 1], was 1.5");
  }

  /** The picture after the operation, from the first of many copies that drew it. */
  private static float[] first(RandomOperation wanted, int magnitude, Picture picture) {
    List<Picture> pictures = Picture.copies(150, picture);
    try (Augmented graph = new Augmented(SIDE, WHOLE, new RandAugment(1, magnitude, FILL))) {
      float[] operation = graph.draws(1, "operation", 0, pictures, 1)[0];
      for (int b = 0; b < operation.length; b++) {
        if (drawn(operation[b]) == wanted) {
          return graph.run(0, pictures)[b];
        }
      }
    }
    throw new AssertionError(wanted + " was not drawn");
  }

  private static RandomOperation drawn(float uniform) {
    return RandomOperation.values()[(int) (14 * uniform)];
  }

  /** Whether small errors before the operation are small after it. */
  private static boolean continuous(RandomOperation operation) {
    return switch (operation) {
      case POSTERIZE, SOLARIZE, EQUALIZE -> false;
      default -> true;
    };
  }

  /** Torchvision's operation at its magnitude of 31, of a picture of {@link #SIDE}. */
  private static double[][][] changed(
      double[][][] planes, RandomOperation operation, int magnitude, int sign) {
    double share = sign * magnitude / 30.0;
    double shear = 0.3 * share;
    int shift = (int) (150.0 / 331 * SIDE * share);
    int bits = 8 - (int) Math.rint(magnitude / 7.5);
    return switch (operation) {
      case IDENTITY -> planes;
      case SHEAR_X -> mapped(planes, 1, shear, shear / 2, 0, 1, 0);
      case SHEAR_Y -> mapped(planes, 1, 0, 0, shear, 1, shear / 2);
      case TRANSLATE_X -> mapped(planes, 1, 0, -shift, 0, 1, 0);
      case TRANSLATE_Y -> mapped(planes, 1, 0, 0, 0, 1, -shift);
      case ROTATE -> turned(planes, Math.toRadians(30 * share));
      case BRIGHTNESS -> blended(planes, 0, 1 + 0.9 * share);
      case CONTRAST -> blended(planes, 1, 1 + 0.9 * share);
      case COLOR -> blended(planes, 2, 1 + 0.9 * share);
      case SHARPNESS -> Reference.sharpened(planes, 1 + 0.9 * share);
      case POSTERIZE ->
          Reference.each(planes, v -> (Reference.level(v) >> (8 - bits) << (8 - bits)) / 255.0);
      case SOLARIZE ->
          Reference.each(
              planes, v -> Reference.level(v) >= 255 * (30 - magnitude) / 30.0 ? 1 - v : v);
      case AUTO_CONTRAST -> Reference.stretched(planes);
      case EQUALIZE -> Reference.equalized(planes);
    };
  }

  private static double[][][] mapped(double[][][] planes, double... map) {
    return Reference.mapped(planes, Arrays.copyOf(map, 3), Arrays.copyOfRange(map, 3, 6), FILL);
  }

  private static double[][][] turned(double[][][] planes, double radians) {
    return Reference.turned(planes, radians, FILL);
  }

  private static double[][][] blended(double[][][] planes, int change, double factor) {
    double[][][] copy = Reference.each(planes, v -> v);
    Reference.blend(copy, change, factor);
    return copy;
  }
}
