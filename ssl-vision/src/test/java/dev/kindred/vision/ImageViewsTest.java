package dev.kindred.vision;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.Randomness;
import dev.kindred.vision.augment.CenterCrop;
import dev.kindred.vision.augment.HorizontalFlip;
import dev.kindred.vision.augment.Normalization;
import dev.kindred.vision.augment.RandomResizedCrop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

class ImageViewsTest {
  static Iterable<String> presets() {
    return ImageViews.presets().keySet();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void everyPresetMakesFiniteViewsOfItsSize(String preset) {
    ImageViews views = ImageViews.of(preset, 16);
    List<float[]> built = build(views, images(5, 20, 13), 0);
    assertThat(built).hasSize(Map.of("multi-crop", 6, "supervised", 1).getOrDefault(preset, 2));
    for (int i = 0; i < built.size(); i++) {
      float[] view = built.get(i);
      int side = i < 2 ? 16 : 8;
      assertThat(view).hasSize(5 * side * side * 3);
      for (float value : view) {
        assertThat(value).isBetween(-2.13f, 2.65f);
      }
    }
    assertThat(built).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void everyPresetComesBackFromItsSettings(String preset) {
    ImageViews views = ImageViews.of(preset, 16).canvas(20);
    ImageViews again = ImageViews.fromSettings(views.settings());
    List<Image> images = images(3, 16, 16);
    assertThat(again.settings()).isEqualTo(views.settings());
    assertThat(build(again, images, 1)).containsExactlyElementsOf(build(views, images, 1));
  }

  @Test
  void sameSeedAndStepGiveTheSameBytes() {
    List<Image> images = images(6, 32, 32);
    ImageViews views = ImageViews.simClr(32).canvas(32);
    List<float[]> first = build(views, images, 3);
    assertThat(build(views, images, 3)).containsExactlyElementsOf(first);
    assertThat(build(views, images, 4).get(0)).isNotEqualTo(first.get(0));
  }

  @Test
  void inferenceOfAnImageOfTheSizeIsTheImageNormalised() {
    Image image = images(1, 8, 8).get(0);
    float[] view = build(ImageViews.simClr(8).inference(), List.of(image), 0).get(0);
    Normalization n = Normalization.IMAGENET;
    for (int i = 0; i < view.length; i++) {
      int c = i % 3;
      double color = image.sample(c, i / 3 / 8, i / 3 % 8) / 255.0;
      double expected = (color - n.mean().get(c)) / n.std().get(c);
      assertThat(view[i]).isEqualTo((float) expected, within(1e-5f));
    }
  }

  @Test
  void inferenceTakesTheSquareInTheMiddle() {
    Image wide = images(1, 6, 14).get(0);
    ImageViews views =
        ImageViews.builder(6)
            .canvas(16)
            .normalization(Normalization.NONE)
            .view(List.of(RandomResizedCrop.to(6)))
            .build()
            .inference();
    float[] view = build(views, List.of(wide), 0).get(0);
    assertThat(views.views()).isEqualTo(1);
    for (int i = 0; i < view.length; i++) {
      assertThat(view[i])
          .isEqualTo(wide.sample(i % 3, i / 18, 4 + i / 3 % 6) / 255f, within(1e-6f));
    }
  }

  @Test
  void inferenceDoesNotDependOnTheOthersInTheBatch() {
    List<Image> images = images(4, 12, 9);
    ImageViews views = ImageViews.simClr(8).inference();
    float[] all = build(views, images, 0).get(0);
    float[] alone = build(views, images.subList(2, 3), 9).get(0);
    int length = alone.length;
    assertThat(java.util.Arrays.copyOfRange(all, 2 * length, 3 * length))
        .containsExactly(alone, within(1e-5f));
  }

  @Test
  void packsImagesInTheTopLeftCornerAndShrinksLargeOnes() {
    Image small = images(1, 2, 3).get(0);
    Image large = images(1, 12, 6).get(0);
    ImageViews views = ImageViews.simClr(2).canvas(4);
    try (Feeds feeds = views.pack(List.of(small, large))) {
      TUint8 pixels = (TUint8) requireNonNull(feeds.tensors().get("pixels"));
      TInt32 extents = (TInt32) requireNonNull(feeds.tensors().get("extents"));
      assertThat(feeds.batchSize()).isEqualTo(2);
      assertThat(pixels.shape()).isEqualTo(Shape.of(2, 3, 4, 4));
      assertThat(pixels.getByte(0, 2, 1, 2) & 0xFF).isEqualTo(small.sample(2, 1, 2));
      assertThat(pixels.getByte(0, 2, 1, 3)).isZero();
      assertThat(pixels.getByte(0, 2, 2, 2)).isZero();
      assertThat(pixels.getByte(1, 1, 3, 1) & 0xFF).isEqualTo(large.fit(4).sample(1, 3, 1));
      assertThat(List.of(extents.getInt(0, 0), extents.getInt(0, 1))).containsExactly(2, 3);
      assertThat(List.of(extents.getInt(1, 0), extents.getInt(1, 1))).containsExactly(4, 2);
    }
  }

  @Test
  void viewsMayDifferInSize() {
    ImageViews views =
        ImageViews.builder(16)
            .view(List.of(RandomResizedCrop.to(16)))
            .views(2, List.of(RandomResizedCrop.to(8), HorizontalFlip.standard()))
            .build();
    assertThat(build(views, images(2, 16, 16), 0))
        .extracting(view -> view.length)
        .containsExactly(2 * 16 * 16 * 3, 2 * 8 * 8 * 3, 2 * 8 * 8 * 3);
  }

  @Test
  void refusesWrongSettings() {
    CenterCrop crop = new CenterCrop(4);
    assertThatThrownBy(() -> ImageViews.of("cutmix", 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("views must be one of simclr, simclr-imagenet, .*, was cutmix");
    assertThatThrownBy(() -> ImageViews.simClr(0)).hasMessage("size must be >= 1, was 0");
    assertThatThrownBy(() -> ImageViews.simClr(4).canvas(0))
        .hasMessage("canvas must be >= 1, was 0");
    assertThatThrownBy(() -> ImageViews.builder(4).build())
        .hasMessage("views must be at least one, was none");
    assertThatThrownBy(
            () -> ImageViews.builder(4).view(List.of(HorizontalFlip.standard(), crop)).build())
        .hasMessageStartingWith("a view must be a crop and then no other crop, was [Horiz");
    assertThatThrownBy(() -> ImageViews.builder(4).view(List.of(crop, crop)).build())
        .hasMessageStartingWith("a view must be a crop and then no other crop");
    assertThatThrownBy(() -> ImageViews.builder(4).views(0, List.of(crop)))
        .hasMessage("count must be >= 1, was 0");
  }

  @Test
  void refusesSettingsThatAreNotViews() {
    Map<String, Object> settings = new HashMap<>(ImageViews.simClr(8).settings());
    settings.put("size", "8");
    assertThatThrownBy(() -> ImageViews.fromSettings(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the views' setting size must hold a Number, was 8");
    settings.remove("size");
    assertThatThrownBy(() -> ImageViews.fromSettings(settings))
        .hasMessage("the views' setting size must hold a Number, was null");
  }

  private static List<Image> images(int count, int height, int width) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              byte[] pixels = new byte[3 * height * width];
              new Random(i).nextBytes(pixels);
              return new Image(height, width, pixels);
            })
        .toList();
  }

  private static List<float[]> build(ImageViews views, List<Image> images, int step) {
    try (Graph graph = new Graph();
        Feeds feeds = views.pack(images)) {
      Ops tf = Ops.create(graph);
      Operand<TInt32> key = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
      List<Operand<TFloat32>> built =
          views.build(tf, Placeholders.of(tf, views.feeds()), new Randomness(tf, key));
      try (Session session = new Session(graph);
          TInt32 seed = TInt32.vectorOf(1, step)) {
        Session.Runner runner = session.runner().feed(key, seed);
        feeds.tensors().forEach(runner::feed);
        built.forEach(runner::fetch);
        try (Result result = runner.run()) {
          return floats(result);
        }
      }
    }
  }

  private static List<float[]> floats(Result result) {
    List<float[]> all = new ArrayList<>();
    result.forEach(
        entry -> {
          TFloat32 tensor = (TFloat32) entry.getValue();
          float[] values = new float[(int) tensor.size()];
          tensor.asRawTensor().data().asFloats().read(values);
          all.add(values);
        });
    return all;
  }
}
