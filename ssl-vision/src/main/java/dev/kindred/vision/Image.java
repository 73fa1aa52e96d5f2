package dev.kindred.vision;

import dev.kindred.runtime.Require;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * A decoded picture: uint8 planar RGB of shape {@code [3, height, width]} (the red plane, the green
 * plane, the blue plane; rows from the top), in the sRGB colour space. Immutable and equal by
 * value.
 */
public final class Image {
  /** The number of colour planes. */
  public static final int CHANNELS = 3;

  private final int height;
  private final int width;
  private final byte[] pixels;

  /**
   * Creates a picture from a copy of {@code pixels}.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param pixels {@code [3, height, width]}
   * @throws IllegalArgumentException if a side is below 1, or the length of {@code pixels} is not
   *     {@code 3 * height * width}
   */
  public Image(int height, int width, byte[] pixels) {
    this(pixels.clone(), height, width);
  }

  private Image(byte[] pixels, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "height and width must be >= 1, were " + height + " and " + width);
    }
    if (pixels.length != (long) CHANNELS * height * width) {
      throw new IllegalArgumentException(
          "pixels must be [3, %d, %d], %d bytes, was %d"
              .formatted(height, width, (long) CHANNELS * height * width, pixels.length));
    }
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /** A picture that takes {@code pixels} over without a copy: the caller must forget them. */
  static Image owning(int height, int width, byte[] pixels) {
    return new Image(pixels, height, width);
  }

  /**
   * Decodes one file with {@link ImageDecoder#defaults}.
   *
   * @throws dev.kindred.data.CorruptExampleException if the file cannot be read, for any reason
   */
  public static Image read(Path file) {
    return ImageDecoder.defaults().read(file);
  }

  /** The picture that {@code image} shows, converted to sRGB, transparent parts on white. */
  public static Image of(BufferedImage image) {
    return BufferedImages.toImage(image);
  }

  /** The number of rows. */
  public int height() {
    return height;
  }

  /** The number of columns. */
  public int width() {
    return width;
  }

  /** The samples themselves, for this package to read and never to write. */
  byte[] samples() {
    return pixels;
  }

  /** A copy of the samples, {@code [3, height, width]}. */
  public byte[] pixels() {
    return pixels.clone();
  }

  /** Puts the {@code 3 * height * width} samples into {@code buffer} at its position. */
  public void copyTo(ByteBuffer buffer) {
    buffer.put(pixels);
  }

  /**
   * One sample, in {@code [0, 255]}.
   *
   * @param channel 0 red, 1 green, 2 blue
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public int sample(int channel, int y, int x) {
    Objects.checkIndex(channel, CHANNELS);
    Objects.checkIndex(y, height);
    return pixels[(channel * height + y) * width + Objects.checkIndex(x, width)] & 0xFF;
  }

  /**
   * This picture at another size, aspect not kept: bilinear where it grows; where it shrinks, a
   * triangle filter as wide as two output pixels, so that nothing aliases.
   *
   * @throws IllegalArgumentException if a side is below 1
   */
  public Image resize(int newWidth, int newHeight) {
    if (newWidth < 1 || newHeight < 1) {
      throw new IllegalArgumentException(
          "newWidth and newHeight must be >= 1, were " + newWidth + " and " + newHeight);
    }
    return newWidth == width && newHeight == height
        ? this
        : owning(newHeight, newWidth, Resampler.resize(pixels, height, width, newHeight, newWidth));
  }

  /**
   * This picture {@link #resize resized} so that its longer side is at most {@code maxSide}, aspect
   * kept (a side never falls below 1); itself if it fits already.
   */
  public Image fit(int maxSide) {
    Require.atLeastOne("maxSide", maxSide);
    double scale = Math.min(1, (double) maxSide / Math.max(width, height));
    return resize(scaled(width, scale), scaled(height, scale));
  }

  private static int scaled(int side, double scale) {
    return (int) Math.max(1, Math.round(side * scale));
  }

  /** This picture as a {@link BufferedImage#TYPE_INT_RGB}. */
  public BufferedImage toBufferedImage() {
    return BufferedImages.of(this);
  }

  /** The bytes of a PNG file that shows this picture. */
  public byte[] png() {
    return BufferedImages.png(toBufferedImage());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image image
        && height == image.height
        && width == image.width
        && Arrays.equals(pixels, image.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "Image[" + width + " x " + height + "]";
  }
}
