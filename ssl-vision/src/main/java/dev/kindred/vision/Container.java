package dev.kindred.vision;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a picture's file says beside its pixels.
 *
 * @param exif an Exif block in TIFF form, or null
 * @param profile an ICC profile that the format's reader leaves to its caller, or null
 */
record Container(byte @Nullable [] exif, byte @Nullable [] profile) {
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  static final Container PLAIN = new Container(null, null);

  /** The Exif block in {@code bytes[from, to)}, with or without its six-byte preamble. */
  static byte[] exif(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, hasExif(bytes, from, to) ? from + EXIF.length : from, to);
  }

  /** Whether {@code bytes[from, to)} starts with the Exif preamble. */
  static boolean hasExif(byte[] bytes, int from, int to) {
    return to - from >= EXIF.length
        && Arrays.equals(bytes, from, from + EXIF.length, EXIF, 0, EXIF.length);
  }
}
