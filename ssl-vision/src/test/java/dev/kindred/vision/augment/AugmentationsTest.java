package dev.kindred.vision.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every augmentation, and the small ones. */
class AugmentationsTest {
  private static final int SIDE = 12;
  private static final CenterCrop WHOLE = new CenterCrop(SIDE);

  static Stream<Augmentation> augmentations() {
    return Stream.of(
        new HorizontalFlip(0.5),
        new VerticalFlip(0.5),
        ColorJitter.ofStrength(1),
        new Grayscale(0.5),
        new GaussianBlur(5, 0.1, 2, 0.5),
        new Solarize(0.5, 0.5),
        new Rotation(30, 0.5),
        new Cutout(0.4, 0.5),
        new RandAugment(2, 9, 0.5));
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void staysWithinZeroAndOne(Augmentation augmentation) {
    try (Augmented graph = new Augmented(SIDE, WHOLE, augmentation)) {
      for (float[] view : graph.run(0, Picture.batch(30, SIDE, SIDE))) {
        for (float value : view) {
          assertThat(value).isBetween(-1e-6f, 1 + 1e-6f);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void isAFunctionOfTheStep(Augmentation augmentation) {
    List<Picture> pictures = Picture.batch(16, SIDE, SIDE);
    try (Augmented graph = new Augmented(SIDE, WHOLE, augmentation);
        Augmented again = new Augmented(SIDE, WHOLE, augmentation)) {
      float[][] first = graph.run(4, pictures);
      assertThat(Arrays.deepEquals(graph.run(5, pictures), first)).isFalse();
      assertThat(again.run(4, pictures)).isDeepEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void drawsForEachImageOfItsOwn(Augmentation augmentation) {
    Picture picture = Picture.random(SIDE, SIDE, 3);
    try (Augmented graph = new Augmented(SIDE, WHOLE, augmentation)) {
      float[][] views = graph.run(0, Picture.copies(40, picture));
      long kinds = Arrays.stream(views).map(Arrays::toString).distinct().count();
      assertThat(kinds).isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void makesOfAChunkWhatTheWholeBatchHas(Augmentation augmentation) {
    List<Picture> pictures = Picture.batch(16, SIDE, SIDE);
    try (Augmented whole = new Augmented(SIDE, WHOLE, augmentation);
        Augmented chunk = Augmented.chunk(SIDE, 5, 16, WHOLE, augmentation)) {
      float[][] views = whole.run(1, pictures);
      float[][] rows = chunk.run(1, pictures.subList(5, 12));
      for (int b = 0; b < rows.length; b++) {
        assertThat(rows[b]).containsExactly(views[5 + b], within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void takesABatchOfOne(Augmentation augmentation) {
    try (Augmented graph = new Augmented(SIDE, WHOLE, augmentation)) {
      for (int step = 0; step < 8; step++) {
        assertThat(graph.run(step, Picture.batch(1, SIDE, SIDE))).hasDimensions(1, 3 * SIDE * SIDE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void comesBackFromItsSettings(Augmentation augmentation) {
    assertThat(Augmentation.fromSettings(augmentation.settings())).isEqualTo(augmentation);
  }

  @Test
  void settingsCarryTheNameAndEveryNumber() {
    assertThat(RandomResizedCrop.to(32).withScale(0.2, 1).settings())
        .containsEntry("name", "random-resized-crop")
        .containsEntry("size", 32)
        .containsEntry("minScale", 0.2)
        .containsEntry("maxScale", 1.0)
        .hasSize(6);
  }

  @Test
  void refusesSettingsThatAreNotItsOwn() {
    assertThatThrownBy(() -> Augmentation.fromSettings(Map.of("name", "sharpen")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("augmentation must be one of [center-crop, color-jitter,")
        .hasMessageEndingWith("was sharpen");
    assertThatThrownBy(() -> Augmentation.fromSettings(Map.of("name", "grayscale")))
        .hasMessage("grayscale.probability must be a number, was null");
    assertThatThrownBy(
            () -> Augmentation.fromSettings(Map.of("name", "grayscale", "probability", 2)))
        .hasMessage("grayscale: probability must be in [0, 1], was 2.0");
  }

  @Test
  void flipsAsOftenAsAsked() {
    List<Picture> pictures = Picture.batch(1000, 2, 2);
    try (Augmented graph = new Augmented(2, new CenterCrop(2), new HorizontalFlip(0.3))) {
      float[][] views = graph.run(0, pictures);
      int flipped = 0;
      for (int b = 0; b < views.length; b++) {
        float[] p = Reference.flat(pictures.get(b).planes());
        boolean same = Math.abs(views[b][0] - p[0]) < 1e-6 && Math.abs(views[b][1] - p[1]) < 1e-6;
        flipped += same ? 0 : 1;
        assertThat(views[b][same ? 0 : 1]).isEqualTo(p[0], within(1e-6f));
      }
      assertThat(flipped).as("300 expected, standard deviation 14.5").isBetween(230, 370);
    }
  }

  @Test
  void flipsTopToBottomBeforeAndAfterTheColours() {
    List<Picture> pictures = Picture.batch(3, SIDE, SIDE);
    ColorJitter nothing = new ColorJitter(0, 0, 0, 0, 0);
    try (Augmented before = new Augmented(SIDE, WHOLE, new VerticalFlip(1), nothing);
        Augmented after = new Augmented(SIDE, WHOLE, nothing, new VerticalFlip(1))) {
      float[][] views = before.run(0, pictures);
      for (int b = 0; b < views.length; b++) {
        float[] upright = Reference.flat(pictures.get(b).planes());
        for (int i = 0; i < upright.length; i++) {
          int y = i / SIDE % SIDE;
          assertThat(views[b][i]).isEqualTo(upright[i + (SIDE - 1 - 2 * y) * SIDE], within(1e-6f));
        }
        assertThat(after.run(0, pictures)[b]).containsExactly(views[b], within(1e-6f));
      }
    }
  }

  @Test
  void twoFlipsUndoEachOther() {
    List<Picture> pictures = Picture.batch(3, SIDE, SIDE);
    HorizontalFlip flip = new HorizontalFlip(1);
    try (Augmented graph = new Augmented(SIDE, WHOLE, flip, flip)) {
      assertThat(graph.run(0, pictures)[2])
          .containsExactly(Reference.flat(pictures.get(2).planes()), within(1e-6f));
    }
  }

  @Test
  void grayscaleIsTheLumaAndAsOftenAsAsked() {
    List<Picture> pictures = Picture.batch(1000, 1, 1);
    try (Augmented graph = new Augmented(1, new CenterCrop(1), new Grayscale(0.2))) {
      float[][] views = graph.run(0, pictures);
      int grey = 0;
      for (int b = 0; b < views.length; b++) {
        double[] rgb = Reference.color(pictures.get(b).planes(), 0, 0);
        if (Math.abs(views[b][0] - views[b][1]) + Math.abs(views[b][0] - views[b][2]) < 1e-6) {
          grey++;
          assertThat(views[b][2]).isEqualTo((float) Reference.grey(rgb), within(1e-6f));
        } else {
          assertThat(views[b][2]).isEqualTo((float) rgb[2], within(1e-6f));
        }
      }
      assertThat(grey).as("200 expected, standard deviation 12.6").isBetween(137, 263);
    }
  }

  @Test
  void solarizeInvertsWhatReachesTheThreshold() {
    List<Picture> pictures = Picture.batch(4, SIDE, SIDE);
    try (Augmented graph = new Augmented(SIDE, WHOLE, new Solarize(0.6, 1));
        Augmented never = new Augmented(SIDE, WHOLE, new Solarize(0, 0))) {
      float[] plain = Reference.flat(pictures.get(1).planes());
      float[] view = graph.run(0, pictures)[1];
      for (int i = 0; i < plain.length; i++) {
        assertThat(view[i]).isEqualTo(plain[i] >= 0.6 ? 1 - plain[i] : plain[i], within(1e-5f));
      }
      assertThat(never.run(0, pictures)[1]).containsExactly(plain, within(1e-6f));
    }
  }

  @Test
  void blurIsAGaussianWithReflectedEdges() {
    List<Picture> pictures = Picture.batch(12, SIDE, SIDE);
    GaussianBlur blur = new GaussianBlur(7, 0.3, 2.5, 0.7);
    try (Augmented graph = new Augmented(SIDE, WHOLE, blur)) {
      float[][] views = graph.run(2, pictures);
      float[] chance = graph.draws(1, "chance", 2, pictures)[0];
      float[] sigma = graph.draws(1, "sigma", 2, pictures)[0];
      for (int b = 0; b < views.length; b++) {
        double[][][] planes = pictures.get(b).planes();
        double[][][] expected =
            chance[b] < 0.7 ? Reference.blurred(planes, 7, 0.3 + 2.2 * sigma[b]) : planes;
        assertThat(views[b]).containsExactly(Reference.flat(expected), within(1e-5f));
      }
    }
  }

  @Test
  void blurRefusesAKernelThatTheViewCannotReflect() {
    assertThatThrownBy(() -> new Augmented(2, new CenterCrop(2), new GaussianBlur(5, 1, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kernel must be < twice the size 2, was 5");
  }

  @Test
  void rotationTurnsAboutTheMiddle() {
    List<Picture> pictures = Picture.batch(10, SIDE, SIDE);
    try (Augmented graph = new Augmented(SIDE, WHOLE, new Rotation(90, 1))) {
      float[][] views = graph.run(0, pictures);
      float[] angle = graph.draws(1, "angle", 0, pictures)[0];
      for (int b = 0; b < views.length; b++) {
        double radians = Math.toRadians(-90 + 180 * angle[b]);
        assertThat(views[b])
            .containsExactly(
                Reference.flat(Reference.turned(pictures.get(b).planes(), radians, 0)),
                within(1e-4f));
      }
    }
  }

  @Test
  void cutoutCoversASquareByGrey() {
    List<Picture> pictures = Picture.batch(20, SIDE, SIDE);
    try (Augmented graph = new Augmented(SIDE, WHOLE, new Cutout(0.5, 0.5))) {
      float[][] views = graph.run(0, pictures);
      float[] chance = graph.draws(1, "chance", 0, pictures)[0];
      float[][] middle = graph.draws(1, "middle", 0, pictures, 2);
      for (int b = 0; b < views.length; b++) {
        float[] plain = Reference.flat(pictures.get(b).planes());
        for (int i = 0; i < plain.length; i++) {
          boolean covered =
              chance[b] < 0.5
                  && Math.abs(i / SIDE % SIDE + 0.5 - SIDE * middle[0][b]) < 3
                  && Math.abs(i % SIDE + 0.5 - SIDE * middle[1][b]) < 3;
          assertThat(views[b][i]).isEqualTo(covered ? 0.5f : plain[i], within(1e-6f));
        }
      }
    }
  }

  @Test
  void refuseWrongSettings() {
    assertThatThrownBy(() -> new HorizontalFlip(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probability must be in [0, 1], was -0.1");
    assertThatThrownBy(() -> new GaussianBlur(4, 1, 2, 1))
        .hasMessage("kernel must be odd and >= 1, was 4");
    assertThatThrownBy(() -> new GaussianBlur(3, 0, 2, 1))
        .hasMessage("sigma must be [min, max] with 0 < min <= max, was [0.0, 2.0]");
    assertThatThrownBy(() -> new Solarize(2, 1)).hasMessage("threshold must be in [0, 1], was 2.0");
    assertThatThrownBy(() -> new Rotation(200, 1))
        .hasMessage("degrees must be in [0, 180], was 200.0");
    assertThatThrownBy(() -> new Cutout(0, 1)).hasMessage("fraction must be in (0, 1], was 0.0");
    assertThatThrownBy(() -> new Normalization(List.of(0.0), List.of(1.0)))
        .hasMessage("mean must be three numbers, was [0.0]");
    assertThatThrownBy(() -> new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 0.0, 1.0)))
        .hasMessage("std must be three numbers > 0, was [1.0, 0.0, 1.0]");
  }
}
