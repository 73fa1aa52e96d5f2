package dev.kindred.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.kindred.data.CorruptExampleException;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  // 8 x 4: the left half (250, 20, 30), the right half (20, 40, 250).
  private static final String WEBP_LOSSLESS =
      "UklGRiAAAABXRUJQVlA4TBQAAAAvB8AAAA9Qimvo34N7/qNC4SP6Hw==";
  private static final String WEBP_LOSSY =
      "UklGRloAAABXRUJQVlA4IE4AAABwAwCdASoIAAQAAMASJagCdLoB+AH4gUoD8AK7/3AAFaETwsAA/vrv/wCGr/7bXeV8"
          + "v/5cexGEO1h//KkP/vJwqXFFppY7Owjm/5KAAAA=";
  private static final String WEBP_TURNED =
      "UklGRlQAAABXRUJQVlA4WAoAAAAIAAAABwAAAwAAVlA4TBQAAAAvB8AAAA9Qimvo34N7/qNC4SP6H0VYSUYaAAAATU0AKg"
          + "AAAAgAAQESAAMAAAABAAYAAAAAAAA=";

  // 16 x 16, no cyan, full magenta, full yellow, no black.
  private static final String CMYK =
      "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAIBgYHBgUIBwcHCQkICgwUDQwLCwwZEhMPFB0aHx4dGhwcICQuJyAiLCMcHCg3"
          + "KSwwMTQ0NB8nOT04MjwuMzQy/8AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAAHCP/E"
          + "ABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAOBEMATQBZAEsAAD8Av7P7P6/gAAAP/9k=";

  private final ImageDecoder decoder = ImageDecoder.defaults();

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void decodesLosslessFormatsExactly(String format) {
    BufferedImage photo = Pictures.photo(31, 17);
    assertThat(decode(Pictures.file(photo, format))).isEqualTo(Image.of(photo));
  }

  @Test
  void decodesJpegBaselineAndProgressive() throws IOException {
    BufferedImage photo = Pictures.photo(64, 48);
    Image expected = Image.of(photo);
    assertAlike(decode(Pictures.file(photo, "jpeg")), expected, 6);
    assertAlike(decode(Pictures.progressive(photo)), expected, 6);
  }

  @Test
  void decodesGreyJpegWithoutBrighteningIt() {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i % 16, i / 16, 0, 100);
    }
    assertThat(decode(Pictures.file(grey, "jpeg")).pixels()).containsOnly(100);
  }

  @Test
  void decodesCmykJpeg() {
    Image image = decode(Base64.getDecoder().decode(CMYK));
    assertThat(image).hasToString("Image[16 x 16]");
    assertThat(image.sample(0, 8, 8)).isGreaterThan(200);
    assertThat(image.sample(1, 8, 8)).isLessThan(70);
    assertThat(image.sample(2, 8, 8)).isLessThan(70);
  }

  @Test
  void roundsSixteenBitGreyToEight() {
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 0x80FF);
    deep.getRaster().setSample(1, 0, 0, 0xFFFF);
    assertThat(decode(Pictures.file(deep, "png")).pixels())
        .containsExactly(128, 255, 128, 255, 128, 255);
  }

  @Test
  void roundsSixteenBitColourToEight() {
    var model =
        new java.awt.image.ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            BufferedImage.OPAQUE,
            java.awt.image.DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {200 * 257, 100 * 257, 50 * 257});
    byte[] png = Pictures.file(new BufferedImage(model, raster, false, null), "png");
    assertThat(decode(png).pixels()).containsExactly(200, 100, 50);
  }

  @Test
  void putsTransparentPartsOnWhite() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0x80000000);
    image.setRGB(2, 0, 0xFF102030);
    Image decoded = decode(Pictures.file(image, "png"));
    assertThat(decoded.pixels()).containsExactly(255, 127, 16, 255, 127, 32, 255, 127, 48);
  }

  @Test
  void decodesPalettes() {
    byte[] reds = {10, (byte) 200};
    byte[] greens = {20, 100};
    byte[] blues = {30, 0};
    IndexColorModel palette = new IndexColorModel(1, 2, reds, greens, blues);
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(1, 0, 0, 1);
    for (String format : new String[] {"png", "gif", "bmp"}) {
      assertThat(decode(Pictures.file(image, format)).pixels())
          .as(format)
          .containsExactly(10, 200, 20, 100, 30, 0);
    }
  }

  @Test
  void decodesWebp() {
    for (String base64 : new String[] {WEBP_LOSSLESS, WEBP_LOSSY}) {
      Image image = decode(Base64.getDecoder().decode(base64));
      assertThat(image).hasToString("Image[8 x 4]");
      assertThat(image.sample(0, 2, 0)).isCloseTo(250, within(30));
      assertThat(image.sample(0, 2, 7)).isCloseTo(20, within(30));
      assertThat(image.sample(2, 2, 7)).isCloseTo(250, within(30));
    }
  }

  @Test
  void turnsWebpByItsExif() {
    Image image = decode(Base64.getDecoder().decode(WEBP_TURNED));
    assertThat(image).hasToString("Image[4 x 8]");
    assertThat(image.sample(0, 0, 2)).isEqualTo(250);
    assertThat(image.sample(2, 7, 2)).isEqualTo(250);
  }

  @Test
  void convertsAnEmbeddedPngProfileToSrgb() throws IOException {
    BufferedImage grey = Pictures.plain(BufferedImage.TYPE_3BYTE_BGR, 4, 4, new Color(55, 55, 55));
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] png = Pictures.withChunk(Pictures.file(grey, "png"), "iCCP", compressed(profile));
    // Linear 55 / 255 is 128 / 255 by sRGB's curve.
    assertThat(decode(png).sample(0, 1, 1)).isCloseTo(128, within(2));
    assertThat(decode(png).sample(2, 1, 1)).isCloseTo(128, within(2));
  }

  @Test
  void showsAPngWithADamagedProfileAsItIs() throws IOException {
    BufferedImage photo = Pictures.photo(4, 4);
    byte[] png = Pictures.withChunk(Pictures.file(photo, "png"), "iCCP", compressed(new byte[200]));
    assertThat(decode(png)).isEqualTo(Image.of(photo));
  }

  // Where the stored top-left, top-right and bottom-left corners are shown.
  @ParameterizedTest
  @CsvSource({
    "1, TL, TR, BL", "2, TR, TL, BR", "3, BR, BL, TR", "4, BL, BR, TL",
    "5, TL, BL, TR", "6, TR, BR, TL", "7, BR, TR, BL", "8, BL, TL, BR",
    "0, TL, TR, BL", "9, TL, TR, BL"
  })
  void turnsUpright(int orientation, String red, String green, String blue) {
    BufferedImage corners = Pictures.plain(BufferedImage.TYPE_3BYTE_BGR, 48, 32, Color.BLACK);
    fill(corners, 0, 0, Color.RED);
    fill(corners, 32, 0, Color.GREEN);
    fill(corners, 0, 16, Color.BLUE);
    byte[] jpeg = Pictures.withOrientation(Pictures.file(corners, "jpeg"), orientation);
    byte[] png =
        Pictures.withChunk(Pictures.file(corners, "png"), "eXIf", Pictures.exif(orientation));
    boolean turned = orientation >= 5 && orientation <= 8;
    for (Image image :
        new Image[] {decode(jpeg), decode(png), decoder.maxSide(48).decode(png, "")}) {
      assertThat(image).hasToString(turned ? "Image[32 x 48]" : "Image[48 x 32]");
      assertThat(corner(image, 0)).isEqualTo(red);
      assertThat(corner(image, 1)).isEqualTo(green);
      assertThat(corner(image, 2)).isEqualTo(blue);
    }
  }

  @Test
  void ignoresADamagedExifBlock() {
    byte[] jpeg = Pictures.file(Pictures.photo(20, 10), "jpeg");
    byte[] turned = Pictures.withOrientation(jpeg, 6);
    Arrays.fill(turned, 12, 30, (byte) 0xEE);
    assertThat(decode(turned)).isEqualTo(decode(jpeg));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp", "gif"})
  void refusesEveryTruncation(String format) {
    byte[] whole = Pictures.file(Pictures.photo(40, 30), format);
    // A GIF ends with one byte behind its only frame.
    int needed = format.equals("gif") ? whole.length - 1 : whole.length;
    for (int length = 0; length < needed; length += Math.max(1, whole.length / 97)) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(CorruptExampleException.class);
    }
    byte[] almost = Arrays.copyOf(whole, needed - 1);
    assertThat(reason(almost))
        .startsWith("truncated " + format.toUpperCase(java.util.Locale.ROOT))
        .contains("the file ends after");
  }

  @Test
  void refusesTruncatedWebpAndProgressiveJpeg() throws IOException {
    for (byte[] whole :
        new byte[][] {
          Base64.getDecoder().decode(WEBP_LOSSY),
          Base64.getDecoder().decode(WEBP_LOSSLESS),
          Pictures.progressive(Pictures.photo(64, 64))
        }) {
      IntStream.range(1, 10)
          .map(tenth -> whole.length * tenth / 10)
          .forEach(length -> assertThat(reason(Arrays.copyOf(whole, length))).isNotEmpty());
    }
  }

  @Test
  void refusesAJpegThatLostItsMiddle() {
    byte[] whole = Pictures.file(Pictures.photo(200, 200), "jpeg");
    byte[] holed = Arrays.copyOf(whole, whole.length / 2);
    holed[holed.length - 2] = (byte) 0xFF;
    holed[holed.length - 1] = (byte) 0xD9;
    assertThat(reason(holed)).startsWith("damaged JPEG: ");
  }

  @Test
  void refusesAPngWithAWrongChecksum() {
    byte[] png = Pictures.file(Pictures.photo(40, 30), "png");
    png[60] ^= 1;
    assertThat(reason(png)).isEqualTo("damaged PNG: the IDAT chunk at byte 33 fails its checksum");
  }

  @Test
  void acceptsWhatFollowsAPicture() {
    for (String format : new String[] {"jpeg", "png", "gif", "bmp"}) {
      byte[] whole = Pictures.file(Pictures.photo(20, 20), format);
      byte[] longer = Arrays.copyOf(whole, whole.length + 100);
      assertThat(decode(longer)).as(format).isEqualTo(decode(whole));
    }
  }

  @Test
  void saysWhatAFileIsInstead() {
    assertThat(reason("<html><body>Not found</body></html>"))
        .isEqualTo("not an image (starts with \"<html><body>Not \")");
    assertThat(reason("oops\nsecond line")).isEqualTo("not an image (starts with \"oops\")");
    assertThat(reason("\0\1\2")).isEqualTo("not an image (starts with bytes 00 01 02)");
    assertThat(reason("")).isEqualTo("empty file");
    assertThat(reason("\0\0\0\30ftypheic\0\0\0\0"))
        .startsWith("is an ISO media file (heic")
        .endsWith("convert it to JPEG or PNG");
    assertThat(reason("II*\0....")).startsWith("is a TIFF, which is not supported");
  }

  @Test
  void refusesHugePicturesBeforeDecodingThem() {
    assertThat(reason(Pictures.hugePng(30_000, 30_000)))
        .isEqualTo("30000 x 30000 pixels is over the limit of 67,108,864");
    assertThat(reason(Pictures.hugeJpeg(30_000, 30_000)))
        .isEqualTo("30000 x 30000 pixels is over the limit of 67,108,864");
  }

  @Test
  void refusesByTheLimitItWasGiven() {
    byte[] png = Pictures.file(Pictures.photo(10, 10), "png");
    assertThat(decoder.maxPixels(100).decode(png, "x")).hasToString("Image[10 x 10]");
    assertThatThrownBy(() -> decoder.maxPixels(99).decode(png, "photos/x.png"))
        .hasMessage("photos/x.png: 10 x 10 pixels is over the limit of 99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp"})
  void shrinksWhileDecodingWithoutAliasing(String format) {
    BufferedImage photo = Pictures.photo(1200, 900);
    Image small = decoder.maxSide(50).decode(Pictures.file(photo, format), "x");
    assertThat(small).hasToString("Image[50 x 38]");
    assertAlike(small, Image.of(photo).resize(50, 38), 12);
  }

  @Test
  void shrinksVeryNarrowPictures() {
    byte[] png = Pictures.file(Pictures.photo(2000, 1), "png");
    assertThat(decoder.maxSide(10).decode(png, "x")).hasToString("Image[10 x 1]");
  }

  @Test
  void takesMemoryByTheResultNotByThePicture() {
    byte[] jpeg = Pictures.file(Pictures.photo(3000, 2000), "jpeg");
    decoder.maxSide(64).decode(jpeg, "x"); // loads classes
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    decoder.maxSide(64).decode(jpeg, "x");
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(3000 * 2000 * 3 / 4);
  }

  @Test
  void namesFilesThatAreNotThere(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("cat.jpg");
    assertThatThrownBy(() -> Image.read(missing))
        .isInstanceOf(CorruptExampleException.class)
        .hasMessage(missing + ": no such file, or a link to none");
    Files.write(missing, Pictures.file(Pictures.photo(5, 4), "jpeg"));
    assertThat(Image.read(missing)).hasToString("Image[5 x 4]");
    assertThatThrownBy(() -> Image.read(folder))
        .isInstanceOf(CorruptExampleException.class)
        .hasMessageStartingWith(folder + ": cannot be read: ");
  }

  @Test
  void refusesSettingsBelowOne() {
    assertThatThrownBy(() -> decoder.maxSide(0)).hasMessage("maxSide must be >= 1, was 0");
    assertThatThrownBy(() -> decoder.maxPixels(0)).hasMessage("maxPixels must be >= 1, was 0");
  }

  private Image decode(byte[] file) {
    return decoder.decode(file, "test");
  }

  private String reason(byte[] file) {
    return catchThrowableOfType(CorruptExampleException.class, () -> decode(file)).reason();
  }

  private String reason(String file) {
    return reason(file.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] compressed(byte[] profile) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes(new byte[] {'x', 0, 0});
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(chunk)) {
      deflated.write(profile);
    }
    return chunk.toByteArray();
  }

  private static void fill(BufferedImage image, int left, int top, Color colour) {
    for (int y = top; y < top + 16; y++) {
      for (int x = left; x < left + 16; x++) {
        image.setRGB(x, y, colour.getRGB());
      }
    }
  }

  private static String corner(Image image, int channel) {
    int bottom = image.height() - 4;
    int right = image.width() - 4;
    if (image.sample(channel, 3, 3) > 200) {
      return "TL";
    } else if (image.sample(channel, 3, right) > 200) {
      return "TR";
    }
    return image.sample(channel, bottom, 3) > 200 ? "BL" : "BR";
  }

  private static void assertAlike(Image actual, Image expected, double meanDifference) {
    assertThat(actual).hasToString(expected.toString());
    byte[] a = actual.pixels();
    byte[] b = expected.pixels();
    double sum =
        IntStream.range(0, a.length).map(i -> Math.abs((a[i] & 0xFF) - (b[i] & 0xFF))).sum();
    assertThat(sum / a.length).isLessThan(meanDifference);
  }
}
