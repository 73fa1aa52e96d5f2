package dev.kindred.vision.data;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Helps to read files of fixed-size records in place. */
final class FixedRecords {
  private FixedRecords() {}

  /**
   * Maps a file into memory, read-only.
   *
   * @throws KindredException if it is missing or cannot be read
   */
  static ByteBuffer map(Path file) {
    requireFile(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    } catch (IOException | IllegalArgumentException failed) { // over 2 GiB
      throw new KindredException(file + ": cannot be read: " + failed, failed);
    }
  }

  /**
   * Requires that a file exists.
   *
   * @throws KindredException if not
   */
  static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new KindredException(
          file + ": no such file; give the folder that holds the unpacked data set");
    }
  }

  /** Copies {@code length} bytes at {@code from}; safe from several threads. */
  static byte[] copy(ByteBuffer data, int from, int length) {
    byte[] copy = new byte[length];
    data.get(from, copy);
    return copy;
  }
}
