package dev.kindred.vision;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The formats that can be read, known by their first bytes whatever a file is called.
 *
 * <p>Each finds out by itself whether a file is whole: the decoders of Java paint what is missing
 * of a truncated file grey or black, and say nothing.
 */
enum ImageFormat {
  JPEG("JPEG") {
    @Override
    Container scan(byte[] file) throws UnreadableImageException {
      return JpegFile.scan(new ByteReader(file, "JPEG"));
    }
  },
  PNG("PNG") {
    @Override
    Container scan(byte[] file) throws UnreadableImageException {
      return PngFile.scan(new ByteReader(file, "PNG"));
    }
  },
  GIF("GIF") {
    @Override
    Container scan(byte[] file) throws UnreadableImageException {
      return GifFile.scan(new ByteReader(file, "GIF"));
    }
  },
  BMP("BMP") {
    @Override
    Container scan(byte[] file) throws UnreadableImageException {
      return BmpFile.scan(new ByteReader(file, "BMP"));
    }
  },
  WEBP("WebP") {
    @Override
    Container scan(byte[] file) throws UnreadableImageException {
      return WebpFile.scan(new ByteReader(file, "WebP"));
    }
  };

  private static final int SHOWN = 16;

  private final String title;

  ImageFormat(String title) {
    this.title = title;
  }

  /** The name of this format, which is also that of its reader in Image I/O. */
  String title() {
    return title;
  }

  /**
   * Reads a file's structure without its pixels.
   *
   * @throws UnreadableImageException if the file is truncated or its structure damaged
   */
  abstract Container scan(byte[] file) throws UnreadableImageException;

  /**
   * The format of a file.
   *
   * @throws UnreadableImageException if it is none of these
   */
  static ImageFormat of(byte[] file) throws UnreadableImageException {
    String start = start(file);
    if (start.startsWith("\u00FF\u00D8\u00FF")) {
      return JPEG;
    } else if (start.startsWith("\u0089PNG\r\n\u001A\n")) {
      return PNG;
    } else if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return GIF;
    } else if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return WEBP;
    } else if (start.startsWith("BM")) {
      return BMP;
    }
    throw new UnreadableImageException(refusal(file, start));
  }

  private static String start(byte[] file) {
    return new String(file, 0, Math.min(SHOWN, file.length), StandardCharsets.ISO_8859_1);
  }

  private static String refusal(byte[] file, String start) {
    if (file.length == 0) {
      return "empty file";
    } else if (start.startsWith("ftyp", 4)) {
      return unsupported("an ISO media file (" + start.substring(8).trim() + ": HEIC, AVIF, MP4)");
    } else if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
      return unsupported("a TIFF");
    }
    return "not an image (starts with " + shown(file, start) + ")";
  }

  private static String unsupported(String what) {
    return "is " + what + ", which is not supported; convert it to JPEG or PNG";
  }

  private static String shown(byte[] file, String start) {
    String line = start.lines().findFirst().orElse("");
    return !line.isEmpty() && line.chars().allMatch(c -> c >= ' ' && c < 127)
        ? '"' + line + '"'
        : "bytes " + HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(8, file.length));
  }

  @Override
  public String toString() {
    return title.toLowerCase(Locale.ROOT);
  }
}
