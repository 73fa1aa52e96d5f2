package dev.kindred.vision;

/** The blocks of a GIF file. */
final class GifFile {
  private static final long HEADER = 13;
  private static final int IMAGE = 0x2C;
  private static final int EXTENSION = 0x21;

  private GifFile() {}

  /** Walks to the end of the first frame; what follows is never shown. */
  static Container scan(ByteReader file) throws UnreadableImageException {
    long at = HEADER + colours(file.u8(10));
    while (file.u8(at) == EXTENSION) {
      at = afterBlocks(file, at + 2);
    }
    if (file.u8(at) != IMAGE) {
      throw new UnreadableImageException("damaged GIF: no frame at byte " + at);
    }
    afterBlocks(file, at + 11 + colours(file.u8(at + 9)));
    return Container.PLAIN;
  }

  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static long afterBlocks(ByteReader file, long from) throws UnreadableImageException {
    long at = from;
    for (int length = file.u8(at); length != 0; length = file.u8(at)) {
      at += 1L + length;
    }
    return at + 1;
  }
}
