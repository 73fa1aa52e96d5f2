package dev.kindred.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.Dataset;
import dev.kindred.vision.augment.CenterCrop;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewGridTest {
  @TempDir Path folder;

  @Test
  void showsTheOriginalAndThenItsViews() throws IOException {
    ImageViews same = ImageViews.builder(32).view(List.of(new CenterCrop(32))).build();
    Path file = folder.resolve("views.png");
    ViewGrid.write(new Plain(1), same, 5, 0, file);
    BufferedImage grid = ImageIO.read(file.toFile());
    // One row of the original and four equal draws, each 96 wide with 4 between.
    assertThat(grid.getWidth()).isEqualTo(5 * 100 + 4);
    assertThat(grid.getHeight()).isEqualTo(104);
    for (int column = 0; column < 5; column++) {
      assertThat(grid.getRGB(50 + 100 * column, 50)).isEqualTo(0xFF00C864);
      assertThat(grid.getRGB(100 * column, 50)).isEqualTo(0xFFFFFFFF);
    }
  }

  @Test
  void sameSeedSameFile() throws IOException {
    Path first = folder.resolve("a.png");
    Path second = folder.resolve("b.png");
    Path other = folder.resolve("c.png");
    ViewGrid.write(new Plain(6), ImageViews.simClr(8), 3, 1, first);
    ViewGrid.write(new Plain(6), ImageViews.simClr(8), 3, 1, second);
    ViewGrid.write(new Plain(6), ImageViews.simClr(8), 3, 2, other);
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(first));
  }

  @Test
  void refusesNoRows() {
    assertThatThrownBy(
            () -> ViewGrid.write(new Plain(1), ImageViews.simClr(8), 0, 0, folder.resolve("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows must be >= 1, was 0");
  }

  /** Images of one colour each. */
  private record Plain(int size) implements Dataset<Image> {
    @Override
    public Image get(int index) {
      byte[] pixels = new byte[3 * 32 * 32];
      Arrays.fill(pixels, 1024, 2048, (byte) (200 - 20 * index));
      Arrays.fill(pixels, 2048, 3072, (byte) 100);
      return new Image(32, 32, pixels);
    }

    @Override
    public String id(int index) {
      return "plain" + index;
    }

    @Override
    public int label(int index) {
      return NO_LABEL;
    }

    @Override
    public List<String> classNames() {
      return List.of();
    }

    @Override
    public String description() {
      return "plain colours";
    }

    @Override
    public void close() {}
  }
}
