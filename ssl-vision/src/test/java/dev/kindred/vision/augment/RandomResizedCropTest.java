package dev.kindred.vision.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RandomResizedCropTest {
  private static final int SIDE = 24;
  private static final Offset<Float> CLOSE = within(2e-5f);

  @Test
  void equalsTheReferenceForImagesOfAllShapes() {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      pictures.add(Picture.random(5 + i % 20, 24 - i % 7 * 3, i));
    }
    RandomResizedCrop crop = RandomResizedCrop.to(9);
    try (Augmented graph = new Augmented(SIDE, crop, HorizontalFlip.standard())) {
      float[][] views = graph.run(3, pictures);
      float[][] box = graph.draws(0, "box", 3, pictures, 2, 10);
      float[][] place = graph.draws(0, "place", 3, pictures, 2);
      float[][] flip = graph.draws(1, "chance", 3, pictures);
      for (int b = 0; b < pictures.size(); b++) {
        int[] window = window(pictures.get(b), crop, column(box, b), column(place, b));
        double[][][] expected = cut(pictures.get(b), window, 9);
        assertThat(views[b])
            .as("picture %d, window %s", b, Arrays.toString(window))
            .containsExactly(
                Reference.flat(flip[0][b] < 0.5 ? mirrored(expected) : expected), CLOSE);
      }
    }
  }

  @Test
  void enlargesSmallBoxesLikePil() {
    List<Picture> pictures = Picture.batch(8, 6, 4);
    RandomResizedCrop crop = RandomResizedCrop.to(17).withScale(0.2, 0.5);
    try (Augmented graph = new Augmented(SIDE, crop)) {
      float[][] views = graph.run(0, pictures);
      float[][] box = graph.draws(0, "box", 0, pictures, 2, 10);
      float[][] place = graph.draws(0, "place", 0, pictures, 2);
      for (int b = 0; b < pictures.size(); b++) {
        int[] window = window(pictures.get(b), crop, column(box, b), column(place, b));
        assertThat(views[b])
            .containsExactly(Reference.flat(cut(pictures.get(b), window, 17)), CLOSE);
      }
    }
  }

  @Test
  void takesTheLargestCentralBoxWhenNoneFits() {
    Picture wide = Picture.random(4, 24, 1);
    Picture high = Picture.random(24, 4, 2);
    RandomResizedCrop whole = RandomResizedCrop.to(6).withScale(1, 1);
    try (Augmented graph = new Augmented(SIDE, whole)) {
      float[][] views = graph.run(0, List.of(wide, high));
      assertThat(views[0])
          .containsExactly(Reference.flat(cut(wide, new int[] {0, 9, 4, 5}, 6)), CLOSE);
      assertThat(views[1])
          .containsExactly(Reference.flat(cut(high, new int[] {9, 0, 5, 4}, 6)), CLOSE);
    }
  }

  @Test
  void ofTheWholeImageAtItsOwnSizeChangesNothing() {
    List<Picture> pictures = Picture.batch(5, 16, 16);
    RandomResizedCrop all = RandomResizedCrop.to(16).withScale(1, 1).withRatio(1, 1);
    try (Augmented graph = new Augmented(SIDE, all)) {
      float[][] views = graph.run(0, pictures);
      for (int b = 0; b < 5; b++) {
        assertThat(views[b])
            .containsExactly(Reference.flat(pictures.get(b).planes()), within(1e-6f));
      }
    }
  }

  @Test
  void refusesWrongSettings() {
    RandomResizedCrop crop = RandomResizedCrop.to(8);
    assertThatThrownBy(() -> RandomResizedCrop.to(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size must be >= 1, was 0");
    assertThatThrownBy(() -> crop.withScale(0.5, 1.5))
        .hasMessage("scale must be [min, max] with 0 < min <= max <= 1, was [0.5, 1.5]");
    assertThatThrownBy(() -> crop.withScale(0, 1)).hasMessageContaining("was [0.0, 1.0]");
    assertThatThrownBy(() -> crop.withScale(Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> crop.withRatio(2, 1))
        .hasMessage("ratio must be [min, max] with 0 < min <= max, was [2.0, 1.0]");
  }

  private static double[][][] cut(Picture picture, int[] window, int size) {
    return Reference.resizedCrop(
        picture.planes(), window[0], window[1], window[2], window[3], size);
  }

  /** Torchvision's get_params: top, left, height, width. */
  private static int[] window(Picture picture, RandomResizedCrop crop, float[] box, float[] place) {
    for (int i = 0; i < 10; i++) {
      double scale = crop.minScale() + box[i] * (crop.maxScale() - crop.minScale());
      double low = Math.log(crop.minRatio());
      double ratio = Math.exp(low + box[10 + i] * (Math.log(crop.maxRatio()) - low));
      double area = picture.height() * picture.width() * scale;
      int width = (int) Math.rint(Math.sqrt(area * ratio));
      int height = (int) Math.rint(Math.sqrt(area / ratio));
      if (width > 0 && width <= picture.width() && height > 0 && height <= picture.height()) {
        return new int[] {
          (int) (place[0] * (picture.height() - height + 1)),
          (int) (place[1] * (picture.width() - width + 1)),
          height,
          width
        };
      }
    }
    int height = (int) Math.min(picture.height(), Math.rint(picture.width() / crop.minRatio()));
    int width = (int) Math.min(picture.width(), Math.rint(picture.height() * crop.maxRatio()));
    return new int[] {
      (picture.height() - height) / 2, (picture.width() - width) / 2, height, width
    };
  }

  private static float[] column(float[][] rows, int column) {
    float[] values = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i][column];
    }
    return values;
  }

  private static double[][][] mirrored(double[][][] planes) {
    double[][][] result = new double[3][planes[0].length][planes[0][0].length];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < result[c].length; y++) {
        for (int x = 0; x < result[c][y].length; x++) {
          result[c][y][x] = planes[c][y][result[c][y].length - 1 - x];
        }
      }
    }
    return result;
  }
}
