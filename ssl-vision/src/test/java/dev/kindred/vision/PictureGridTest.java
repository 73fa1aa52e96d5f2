package dev.kindred.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureGridTest {
  @Test
  void smallPicturesAreEnlargedAndShortRowsLeftWhite() {
    BufferedImage grid =
        PictureGrid.of(List.of(List.of(red(2, 2), red(2, 1)), List.of(red(1, 1)))).picture();

    assertThat(grid.getWidth()).isEqualTo(2 * 100 + 4);
    assertThat(grid.getHeight()).isEqualTo(2 * 100 + 4);
    assertThat(grid.getRGB(99, 99)).isEqualTo(0xFFFF0000);
    assertThat(grid.getRGB(150, 20)).isEqualTo(0xFFFF0000);
    assertThat(grid.getRGB(150, 80)).as("below a wide one").isEqualTo(0xFFFFFFFF);
    assertThat(grid.getRGB(150, 150)).as("no picture").isEqualTo(0xFFFFFFFF);
    assertThat(grid.getRGB(50, 102)).as("between rows").isEqualTo(0xFFFFFFFF);
  }

  @Test
  void noPictureIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PictureGrid.of(List.of()))
        .withMessage("pictures' longest side must be >= 1, was 0");
  }

  private static BufferedImage red(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, 0xFF0000);
    }
    return picture;
  }
}
