package dev.kindred.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ImageTest {
  private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) 200};

  @Test
  void holdsPlanesOfRowsFromTheTop() {
    Image image = new Image(2, 2, PIXELS);
    assertThat(image.sample(0, 0, 1)).isEqualTo(2);
    assertThat(image.sample(0, 1, 0)).isEqualTo(3);
    assertThat(image.sample(1, 0, 0)).isEqualTo(5);
    assertThat(image.sample(2, 1, 1)).isEqualTo(200);
  }

  @Test
  void refusesPixelsOfAnotherShape() {
    assertThatThrownBy(() -> new Image(2, 3, PIXELS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pixels must be [3, 2, 3], 18 bytes, was 12");
    assertThatThrownBy(() -> new Image(0, 3, new byte[0]))
        .hasMessage("height and width must be >= 1, were 0 and 3");
    assertThatThrownBy(() -> new Image(60_000, 60_000, PIXELS))
        .hasMessageContaining("10800000000 bytes, was 12");
  }

  @Test
  void refusesSamplesThatDoNotExist() {
    Image image = new Image(1, 4, PIXELS);
    assertThatThrownBy(() -> image.sample(0, 1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> image.sample(0, 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> image.sample(3, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void cannotBeChangedThroughTheArraysGivenOrTaken() {
    byte[] given = PIXELS.clone();
    Image image = new Image(2, 2, given);
    given[0] = 99;
    image.pixels()[1] = 99;
    assertThat(image).isEqualTo(new Image(2, 2, PIXELS)).isNotEqualTo(new Image(1, 4, PIXELS));
    assertThat(image).hasSameHashCodeAs(new Image(2, 2, PIXELS));
  }

  @Test
  void copiesItselfBehindWhatABufferHolds() {
    ByteBuffer buffer = ByteBuffer.allocate(14).put((byte) 42);
    new Image(2, 2, PIXELS).copyTo(buffer);
    assertThat(buffer.position()).isEqualTo(13);
    assertThat(Arrays.copyOfRange(buffer.array(), 1, 13)).isEqualTo(PIXELS);
  }

  @Property(tries = 20)
  void survivesTheWayThroughABufferedImage(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width) {
    Image image = random(height, width);
    assertThat(Image.of(image.toBufferedImage())).isEqualTo(image);
  }

  @Test
  void readsEveryCommonKindOfBufferedImage() {
    Color colour = new Color(200, 100, 50);
    int[] types = {
      BufferedImage.TYPE_INT_RGB,
      BufferedImage.TYPE_INT_ARGB,
      BufferedImage.TYPE_INT_ARGB_PRE,
      BufferedImage.TYPE_INT_BGR,
      BufferedImage.TYPE_3BYTE_BGR,
      BufferedImage.TYPE_4BYTE_ABGR
    };
    for (int type : types) {
      assertThat(Image.of(Pictures.plain(type, 3, 2, colour)))
          .as("type %d", type)
          .isEqualTo(Image.of(Pictures.plain(BufferedImage.TYPE_INT_RGB, 3, 2, colour)));
    }
    assertThat(Image.of(Pictures.plain(BufferedImage.TYPE_INT_RGB, 3, 2, colour)).pixels())
        .startsWith(200)
        .endsWith(50);
  }

  @Test
  void readsAPartOfABufferedImage() {
    BufferedImage photo = Pictures.photo(8, 8);
    assertThat(Image.of(photo.getSubimage(3, 2, 4, 5)).sample(0, 1, 2))
        .isEqualTo(Image.of(photo).sample(0, 3, 5));
  }

  @Property(tries = 50)
  void resizingKeepsAPlainPicturePlain(
      @ForAll @IntRange(min = 1, max = 40) int from,
      @ForAll @IntRange(min = 1, max = 40) int to,
      @ForAll byte value) {
    byte[] pixels = new byte[3 * from * 7];
    Arrays.fill(pixels, value);
    assertThat(new Image(from, 7, pixels).resize(to, 5).pixels()).containsOnly(value);
  }

  @Test
  void shrinkingAveragesInsteadOfSkipping() {
    byte[] stripes = new byte[3 * 64 * 64];
    for (int i = 0; i < stripes.length; i += 2) {
      stripes[i] = (byte) 255;
    }
    Image small = new Image(64, 64, stripes).resize(16, 16);
    assertThat(small.sample(0, 8, 8)).isCloseTo(128, within(2));
    assertThat(small.sample(1, 3, 5)).isCloseTo(128, within(2));
  }

  @Test
  void growingInterpolatesBetweenPixelCentres() {
    Image two = new Image(1, 2, new byte[] {0, 100, 0, 100, 0, 100});
    assertThat(Arrays.copyOf(two.resize(4, 1).pixels(), 4)).containsExactly(0, 25, 75, 100);
  }

  @Test
  void fitsTheLongerSideAndNeverGrows() {
    Image wide = random(20, 100);
    assertThat(wide.fit(50)).hasToString("Image[50 x 10]");
    assertThat(wide.fit(2)).hasToString("Image[2 x 1]");
    assertThat(wide.fit(100)).isSameAs(wide);
    assertThat(wide.fit(1000)).isSameAs(wide);
  }

  @Test
  void refusesToResizeToNothing() {
    assertThatThrownBy(() -> random(2, 2).resize(0, 4))
        .hasMessage("newWidth and newHeight must be >= 1, were 0 and 4");
    assertThatThrownBy(() -> random(2, 2).fit(0)).hasMessage("maxSide must be >= 1, was 0");
  }

  private static Image random(int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    new Random(height * 31L + width).nextBytes(pixels);
    return new Image(height, width, pixels);
  }
}
