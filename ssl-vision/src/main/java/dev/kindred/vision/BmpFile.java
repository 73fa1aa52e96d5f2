package dev.kindred.vision;

/** The header of a BMP file. */
final class BmpFile {
  private static final int OLD_HEADER = 12;
  private static final int UNCOMPRESSED = 0;
  private static final int BIT_FIELDS = 3;

  private BmpFile() {}

  /** Computes where the pixels of an uncompressed file end. */
  static Container scan(ByteReader file) throws UnreadableImageException {
    long pixels = file.u32Little(10);
    boolean old = file.u32Little(14) == OLD_HEADER;
    long width = old ? file.u16Little(18) : (int) file.u32Little(18);
    long height = old ? file.u16Little(20) : Math.abs((int) file.u32Little(22));
    int bits = file.u16Little(old ? 24 : 28);
    long compression = old ? UNCOMPRESSED : file.u32Little(30);
    if (compression == UNCOMPRESSED || compression == BIT_FIELDS) {
      file.require(pixels, (width * bits + 31) / 32 * 4 * height);
    }
    return Container.PLAIN;
  }
}
