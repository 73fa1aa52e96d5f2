package dev.kindred.vision;

/** The chunks of a WebP file. */
final class WebpFile {
  private static final int FIRST_CHUNK = 12;

  private WebpFile() {}

  /** Walks the chunks that the header promises. */
  static Container scan(ByteReader file) throws UnreadableImageException {
    long end = file.u32Little(4) + 8;
    file.require(0, end);
    byte[] exif = null;
    for (long at = FIRST_CHUNK; at + 8 <= end; ) {
      long length = file.u32Little(at + 4);
      int data = file.require(at + 8, length);
      if (file.tag(at).equals("EXIF")) {
        exif = Container.exif(file.bytes, data, data + (int) length);
      }
      at = data + length + length % 2;
    }
    return new Container(exif, null);
  }
}
