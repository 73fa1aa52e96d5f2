package dev.kindred.vision;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.kindred.data.CorruptExampleException;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG, PNG, BMP, GIF (the first frame) and WebP files, told apart by their content:
 * upright by Exif's orientation, in sRGB by the embedded profile, 16-bit samples rounded to 8,
 * transparent parts on white.
 *
 * <p>Strict: a truncated or damaged file is refused, never half shown. Bounded: a picture of more
 * than {@link #maxPixels} is refused by its header, and with {@link #maxSide(int)} large pictures
 * are thinned out while they are decoded, so that the memory taken depends on {@code maxSide}, not
 * on the picture, plus the file itself. Immutable and safe for use from several threads.
 *
 * @param maxSide what the longer side of a result is at most, aspect kept; {@link #ANY_SIDE} leaves
 *     pictures as they are
 * @param maxPixels the number of pixels above which a file is refused before it is decoded
 */
public record ImageDecoder(int maxSide, long maxPixels) {
  /** The {@link #maxSide} that shrinks nothing. */
  public static final int ANY_SIDE = Integer.MAX_VALUE;

  /** 64 megapixels, 8192 x 8192: above every common camera; 192 MiB when decoded in full. */
  public static final long DEFAULT_MAX_PIXELS = 8192L * 8192L;

  /** The size in bytes above which a file is refused: 256 MiB. */
  public static final long MAX_FILE_BYTES = 256L << 20;

  /** How many times finer than the result a picture is decoded, at least, before it is averaged. */
  private static final int OVERSAMPLING = 4;

  /**
   * Validates the settings.
   *
   * @throws IllegalArgumentException if a setting is below 1
   */
  public ImageDecoder {
    Require.atLeastOne("maxSide", maxSide);
    Require.atLeastOne("maxPixels", maxPixels);
  }

  /** The decoder that shrinks nothing and refuses what has over {@link #DEFAULT_MAX_PIXELS}. */
  public static ImageDecoder defaults() {
    return new ImageDecoder(ANY_SIDE, DEFAULT_MAX_PIXELS);
  }

  /** This decoder with another {@link #maxSide()}. */
  public ImageDecoder maxSide(int newMaxSide) {
    return new ImageDecoder(newMaxSide, maxPixels);
  }

  /** This decoder with another {@link #maxPixels()}. */
  public ImageDecoder maxPixels(long newMaxPixels) {
    return new ImageDecoder(maxSide, newMaxPixels);
  }

  /**
   * Decodes a file, called by its path in messages.
   *
   * @throws CorruptExampleException if the file cannot be read, for any reason
   */
  public Image read(Path file) {
    return read(file, file.toString());
  }

  /**
   * Decodes a file, called {@code id} in messages.
   *
   * @throws CorruptExampleException if the file cannot be read, for any reason
   */
  public Image read(Path file, String id) {
    return decode(bytes(file, id), id);
  }

  /**
   * Decodes a file in memory, called {@code id} in messages.
   *
   * @throws CorruptExampleException if it cannot be decoded, for any reason
   */
  public Image decode(byte[] file, String id) {
    try {
      return decode(file);
    } catch (UnreadableImageException refused) {
      throw new CorruptExampleException(id, String.valueOf(refused.getMessage()), null);
    } catch (KindredException misconfigured) {
      throw misconfigured;
    } catch (IOException | RuntimeException failed) { // decoders throw both on damaged files
      throw new CorruptExampleException(id, "damaged image: " + oneLine(failed), failed);
    }
  }

  /**
   * The bytes of a file, called {@code id} in messages, undecoded.
   *
   * @throws CorruptExampleException if it cannot be read, or has more than {@link #MAX_FILE_BYTES}
   */
  public static byte[] bytes(Path file, String id) {
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new CorruptExampleException(
            id, "%,d bytes are over the limit of %,d".formatted(size, MAX_FILE_BYTES), null);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new CorruptExampleException(id, "no such file, or a link to none", missing);
    } catch (AccessDeniedException denied) {
      throw new CorruptExampleException(id, "may not be read; check its permissions", denied);
    } catch (IOException failed) {
      throw new CorruptExampleException(id, "cannot be read: " + oneLine(failed), failed);
    }
  }

  private Image decode(byte[] file) throws IOException {
    ImageFormat format = ImageFormat.of(file);
    ImageReader reader = ImageReaders.of(format, file);
    try (ImageInputStream input = new ByteArrayImageInputStream(file)) {
      reader.setInput(input, true, true);
      requireAllowedSize(reader.getWidth(0), reader.getHeight(0));
      Container container = format.scan(file);
      Image stored = Image.of(readStrictly(reader, format)).fit(maxSide);
      Image image = ColourProfile.toSrgb(stored, container.profile());
      return Orientation.of(container.exif()).apply(image);
    } finally {
      reader.dispose();
    }
  }

  private void requireAllowedSize(int width, int height) throws UnreadableImageException {
    if ((long) width * height > maxPixels) {
      throw new UnreadableImageException(
          "%d x %d pixels is over the limit of %,d".formatted(width, height, maxPixels));
    }
  }

  private BufferedImage readStrictly(ImageReader reader, ImageFormat format) throws IOException {
    DamageListener damage = new DamageListener();
    reader.addIIOReadWarningListener(damage);
    BufferedImage image = reader.read(0, thinnedOut(reader));
    damage.throwIfAny(format);
    return image;
  }

  /** Reads every n-th row and column of what is far larger than wanted. */
  private ImageReadParam thinnedOut(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    long finest = Math.max(1, Math.max(width, height) / ((long) OVERSAMPLING * maxSide));
    int step = (int) finest;
    ImageReadParam param = reader.getDefaultReadParam();
    int centre = Math.min(step / 2, Math.min(width, height) - 1);
    param.setSourceSubsampling(step, step, centre, centre);
    return param;
  }

  private static String oneLine(@Nullable Throwable failed) {
    return String.valueOf(failed).lines().findFirst().orElse("").strip();
  }
}
