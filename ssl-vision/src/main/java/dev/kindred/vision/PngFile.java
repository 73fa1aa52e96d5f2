package dev.kindred.vision;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** The chunks of a PNG file. */
final class PngFile {
  private static final int SIGNATURE = 8;
  private static final int AROUND_DATA = 12; // length, tag, checksum
  private static final int MAX_PROFILE = 16 << 20;

  private PngFile() {}

  /** Walks to the end chunk, and verifies the checksum of whatever a decoder must understand. */
  static Container scan(ByteReader file) throws UnreadableImageException {
    byte[] exif = null;
    byte[] profile = null;
    String tag = "";
    for (long at = SIGNATURE; !tag.equals("IEND"); ) {
      long length = file.u32(at);
      tag = file.tag(at + 4);
      int data = file.require(at + 8, length + 4);
      int end = data + (int) length;
      verify(file, tag, data, end);
      switch (tag) {
        case "eXIf" -> exif = Container.exif(file.bytes, data, end);
        case "iCCP" -> profile = profile(Arrays.copyOfRange(file.bytes, data, end));
        default -> {}
      }
      at += length + AROUND_DATA;
    }
    return new Container(exif, profile);
  }

  private static void verify(ByteReader file, String tag, int data, int end)
      throws UnreadableImageException {
    if (!Character.isUpperCase(tag.charAt(0))) {
      return;
    }
    CRC32 checksum = new CRC32();
    checksum.update(file.bytes, data - 4, end - data + 4);
    if (checksum.getValue() != file.u32(end)) {
      throw new UnreadableImageException(
          "damaged PNG: the %s chunk at byte %,d fails its checksum".formatted(tag, data - 8));
    }
  }

  /** The profile: a name, a zero, the compression method, compressed data. Null if damaged. */
  private static byte @Nullable [] profile(byte[] chunk) {
    int name = 0;
    while (name < chunk.length && chunk[name] != 0) {
      name++;
    }
    if (name + 2 >= chunk.length) {
      return null;
    }
    ByteArrayInputStream data = new ByteArrayInputStream(chunk, name + 2, chunk.length - name - 2);
    try (InflaterInputStream inflated = new InflaterInputStream(data)) {
      return inflated.readNBytes(MAX_PROFILE);
    } catch (IOException damaged) {
      return null; // the picture can be shown without
    }
  }
}
