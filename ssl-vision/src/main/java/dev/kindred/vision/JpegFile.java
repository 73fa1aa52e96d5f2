package dev.kindred.vision;

/** The segments of a JPEG file. */
final class JpegFile {
  private static final int FIRST_FRAME = 0xC0;
  private static final int LAST_COMMON_FRAME = 0xC2;
  private static final int LAST_FRAME = 0xCF;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;

  private JpegFile() {}

  /** Walks to the end-of-image marker: a file without one lost its end. */
  static Container scan(ByteReader file) throws UnreadableImageException {
    byte[] exif = null;
    int at = 2;
    for (int marker = 0; marker != END_OF_IMAGE; ) {
      at = afterMarker(file, at);
      marker = file.u8(at - 1L);
      if (hasLength(marker)) {
        int end = at + file.u16(at);
        if (marker == APP1 && exif == null && Container.hasExif(file.bytes, at + 2, end)) {
          file.require(at, end - at);
          exif = Container.exif(file.bytes, at + 2, end);
        }
        at = end;
      }
    }
    return new Container(exif, null);
  }

  /**
   * Whether Java's own reader shows the file right: 8 bits, grey or YCbCr, Huffman-coded, without
   * an ICC profile or Adobe's marker. The reader for everything else takes three times as long.
   */
  static boolean isOrdinary(ByteReader file) throws UnreadableImageException {
    int at = afterMarker(file, 2);
    for (int marker = file.u8(at - 1L); !isFrame(marker); marker = file.u8(at - 1L)) {
      if (marker == APP2 || marker == APP14 || !hasLength(marker)) {
        return false;
      }
      at = afterMarker(file, at + file.u16(at));
    }
    return file.u8(at - 1L) <= LAST_COMMON_FRAME && file.u8(at + 2L) == 8 && isCommon(file, at + 7);
  }

  // Every fourth code is a table, but for the first.
  private static boolean isFrame(int marker) {
    return marker == FIRST_FRAME
        || (marker > FIRST_FRAME && marker <= LAST_FRAME && marker % 4 != 0);
  }

  private static boolean isCommon(ByteReader file, int components) throws UnreadableImageException {
    return switch (file.u8(components)) {
      case 1 -> true;
      case 3 ->
          file.u8(components + 1L) == 1
              && file.u8(components + 4L) == 2
              && file.u8(components + 7L) == 3;
      default -> false;
    };
  }

  private static boolean hasLength(int marker) {
    return marker != START_OF_IMAGE && marker != END_OF_IMAGE;
  }

  /** The place behind the next marker; within compressed data, restarts and stuffing are none. */
  private static int afterMarker(ByteReader file, int from) throws UnreadableImageException {
    byte[] bytes = file.bytes;
    for (int at = from; at + 1 < bytes.length; at++) {
      if (bytes[at] == (byte) 0xFF && isMarker(bytes[at + 1] & 0xFF)) {
        return at + 2;
      }
    }
    throw file.truncated();
  }

  private static boolean isMarker(int code) {
    return code > 0x01 && code != 0xFF && (code < 0xD0 || code > 0xD7);
  }
}
