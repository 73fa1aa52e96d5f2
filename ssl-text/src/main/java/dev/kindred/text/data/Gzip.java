package dev.kindred.text.data;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Files that are packed by gzip, or not. */
final class Gzip {
  private static final int[] MAGIC = {0x1F, 0x8B};
  private static final int BUFFER = 1 << 16;

  private Gzip() {}

  /** Whether {@code file} starts as a packed one does. */
  static boolean packed(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == MAGIC[0] && in.read() == MAGIC[1];
    }
  }

  /** The bytes of {@code file}, unpacked if they are packed. */
  static InputStream open(Path file) throws IOException {
    return packed(file)
        ? new GZIPInputStream(Files.newInputStream(file), BUFFER)
        : Files.newInputStream(file);
  }

  /** What to throw when {@code file} could not be read, or not be unpacked. */
  static KindredException cannotRead(Path file, IOException cause) {
    return cause instanceof EOFException || cause instanceof ZipException
        ? new KindredException(
            "%s: cannot be unpacked, for it is cut off or damaged%s; download or pack it again"
                .formatted(file, cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
            cause)
        : FileErrors.cannotRead(file, cause);
  }
}
