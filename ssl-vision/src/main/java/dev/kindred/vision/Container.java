package dev.kindred.vision;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a picture's file says beside its pixels. */
final class Container {
  static final Container PLAIN = new Container(null, null);

  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  private final byte @Nullable [] exif;
  private final byte @Nullable [] profile;

  Container(byte @Nullable [] exif, byte @Nullable [] profile) {
    this.exif = exif;
    this.profile = profile;
  }

  /** An Exif block in TIFF form, or null. */
  byte @Nullable [] exif() {
    return exif;
  }

  /** An ICC profile that the format's reader leaves to its caller, or null. */
  byte @Nullable [] profile() {
    return profile;
  }

  /** The Exif block in {@code bytes[from, to)}, with or without its six-byte preamble. */
  static byte[] exif(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, hasExif(bytes, from, to) ? from + EXIF.length : from, to);
  }

  /** Whether {@code bytes[from, to)}, as far as it exists, starts with the Exif preamble. */
  static boolean hasExif(byte[] bytes, int from, int to) {
    return Math.min(to, bytes.length) - from >= EXIF.length
        && Arrays.equals(bytes, from, from + EXIF.length, EXIF, 0, EXIF.length);
  }
}
