package dev.kindred.vision;

import java.nio.charset.StandardCharsets;

/** Reads numbers from a file in memory; whatever lies beyond its end means a truncated file. */
final class ByteReader {
  final byte[] bytes;
  private final String format;

  ByteReader(byte[] bytes, String format) {
    this.bytes = bytes;
    this.format = format;
  }

  int u8(long at) throws UnreadableImageException {
    return bytes[require(at, 1)] & 0xFF;
  }

  int u16(long at) throws UnreadableImageException {
    return u8(at) << 8 | u8(at + 1);
  }

  int u16Little(long at) throws UnreadableImageException {
    return u8(at) | u8(at + 1) << 8;
  }

  long u32(long at) throws UnreadableImageException {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  long u32Little(long at) throws UnreadableImageException {
    return u16Little(at) | (long) u16Little(at + 2) << 16;
  }

  String tag(long at) throws UnreadableImageException {
    return new String(bytes, require(at, 4), 4, StandardCharsets.ISO_8859_1);
  }

  /** Returns {@code at} if {@code count} bytes lie there. */
  int require(long at, long count) throws UnreadableImageException {
    if (at + count > bytes.length) {
      throw truncated();
    }
    return (int) at;
  }

  UnreadableImageException truncated() {
    return new UnreadableImageException(
        "truncated %s: the file ends after %,d bytes, within the picture"
            .formatted(format, bytes.length));
  }
}
