package dev.kindred.vision;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Conversions between {@link Image} and {@link BufferedImage}. */
final class BufferedImages {
  private static final int WHITE = 255;

  private BufferedImages() {}

  static BufferedImage of(Image image) {
    BufferedImage result =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = image.sample(0, y, x) << 16 | image.sample(1, y, x) << 8 | image.sample(2, y, x);
      }
      result.getRaster().setDataElements(0, y, row.length, 1, row);
    }
    return result;
  }

  static Image toImage(BufferedImage image) {
    if (isGrey(image.getColorModel())) {
      return grey(image);
    }
    BufferedImage srgb = isSrgb(image.getColorModel()) ? image : toSrgb(image);
    return switch (srgb.getType()) {
      case BufferedImage.TYPE_3BYTE_BGR -> interleaved(srgb);
      default -> general(srgb);
    };
  }

  private static boolean isGrey(ColorModel model) {
    return !(model instanceof IndexColorModel)
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static boolean isSrgb(ColorModel model) {
    return model instanceof IndexColorModel || model.getColorSpace().isCS_sRGB();
  }

  private static BufferedImage toSrgb(BufferedImage image) {
    boolean alpha = image.getColorModel().hasAlpha();
    int type = alpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage srgb = new BufferedImage(image.getWidth(), image.getHeight(), type);
    return new ColorConvertOp(null).filter(image, srgb);
  }

  /**
   * Grey samples are taken as they are, as every viewer does; Java's own conversion would hold them
   * to be linear light and brighten them.
   */
  private static Image grey(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    Raster raster = image.getRaster();
    int bits = image.getColorModel().getComponentSize(0);
    boolean alpha = raster.getNumBands() > 1;
    byte[] pixels = new byte[Image.CHANNELS * height * width];
    int[] values = new int[width];
    int[] opacity = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, values);
      if (alpha) {
        raster.getSamples(0, y, width, 1, 1, opacity);
      }
      for (int x = 0; x < width; x++) {
        int value = to8Bits(values[x], bits);
        int shown = alpha ? onWhite(value, to8Bits(opacity[x], bits)) : value;
        put(pixels, height * width, y * width + x, shown, shown, shown);
      }
    }
    return Image.owning(height, width, pixels);
  }

  private static int to8Bits(int value, int bits) {
    int max = (1 << bits) - 1;
    return bits == 8 ? value : (int) ((value * 255L + max / 2) / max);
  }

  private static Image interleaved(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] pixels = new byte[Image.CHANNELS * height * width];
    byte[] row = new byte[Image.CHANNELS * width];
    for (int y = 0; y < height; y++) {
      image.getRaster().getDataElements(0, y, width, 1, row); // red, green, blue
      for (int x = 0; x < width; x++) {
        put(pixels, height * width, y * width + x, row[3 * x], row[3 * x + 1], row[3 * x + 2]);
      }
    }
    return Image.owning(height, width, pixels);
  }

  private static Image general(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] pixels = new byte[Image.CHANNELS * height * width];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        putArgb(pixels, height * width, y * width + x, row[x]);
      }
    }
    return Image.owning(height, width, pixels);
  }

  private static void putArgb(byte[] pixels, int plane, int at, int argb) {
    int opacity = argb >>> 24;
    int red = onWhite(argb >> 16 & 0xFF, opacity);
    int green = onWhite(argb >> 8 & 0xFF, opacity);
    put(pixels, plane, at, red, green, onWhite(argb & 0xFF, opacity));
  }

  private static void put(byte[] pixels, int plane, int at, int red, int green, int blue) {
    pixels[at] = (byte) red;
    pixels[at + plane] = (byte) green;
    pixels[at + 2 * plane] = (byte) blue;
  }

  private static int onWhite(int value, int opacity) {
    return (value * opacity + WHITE * (255 - opacity) + 127) / 255;
  }

  /** The bytes of a PNG file. */
  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Of a plain stream, Image I/O would make a temporary file, and a hook that deletes it.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
