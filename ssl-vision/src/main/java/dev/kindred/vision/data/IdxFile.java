package dev.kindred.vision.data;

import dev.kindred.runtime.KindredException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * An idx file of unsigned bytes: a magic number {@code 00 00 08 rank}, big-endian dimensions, data.
 */
final class IdxFile {
  private static final int UNSIGNED_BYTES = 0x0800;

  private final Path path;
  private final ByteBuffer data;
  private final int header;
  private final int[] dimensions;

  private IdxFile(Path path, ByteBuffer data, int rank) {
    this.path = path;
    this.data = data;
    this.header = 4 + 4 * rank;
    requireMagic(rank);
    this.dimensions = IntStream.rangeClosed(1, rank).map(i -> data.getInt(4 * i)).toArray();
    requireLength();
  }

  /**
   * Opens {@code folder/name}, or {@code folder/name.gz} if there is no such file.
   *
   * @throws KindredException if neither exists, or it is not idx of unsigned bytes and {@code rank}
   *     dimensions, or its length is not what its dimensions say
   */
  static IdxFile open(Path folder, String name, int rank) {
    Path plain = folder.resolve(name);
    Path gzipped = folder.resolve(name + ".gz");
    return !Files.exists(plain) && Files.exists(gzipped)
        ? new IdxFile(gzipped, unpack(gzipped), rank)
        : new IdxFile(plain, FixedRecords.map(plain), rank);
  }

  private static ByteBuffer unpack(Path file) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream unpacked = new GZIPInputStream(raw, 1 << 16)) {
      return ByteBuffer.wrap(unpacked.readAllBytes());
    } catch (IOException failed) {
      throw new KindredException(
          file + ": cannot be unpacked, download it again: " + failed.getMessage(), failed);
    }
  }

  private void requireMagic(int rank) {
    int expected = UNSIGNED_BYTES + rank;
    if (data.capacity() < header || data.getInt(0) != expected) {
      throw new KindredException(
          "%s: must be an idx file of unsigned bytes with %d dimensions (magic number %08x), %s"
              .formatted(
                  path,
                  rank,
                  expected,
                  data.capacity() < header
                      ? "has only " + data.capacity() + " bytes"
                      : "starts with %08x".formatted(data.getInt(0))));
    }
  }

  private void requireLength() {
    boolean positive = IntStream.of(dimensions).allMatch(dimension -> dimension > 0);
    double expected = header + IntStream.of(dimensions).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (!positive || data.capacity() != expected) {
      throw new KindredException(
          "%s: dimensions %s need %,.0f bytes, found %,d; download it again"
              .formatted(path, Arrays.toString(dimensions), expected, data.capacity()));
    }
  }

  /**
   * Requires as many records as {@code other} has.
   *
   * @throws KindredException if not
   */
  void requireCount(IdxFile other) {
    if (count() != other.count()) {
      throw new KindredException(
          "%s: must have one label for each of the %,d images of %s, has %,d"
              .formatted(path, other.count(), other.path.getFileName(), count()));
    }
  }

  /** The number of records, the first dimension. */
  int count() {
    return dimensions[0];
  }

  int dimension(int axis) {
    return dimensions[axis];
  }

  /** A copy of record {@code index}. */
  byte[] record(int index) {
    int length = (data.capacity() - header) / count();
    return FixedRecords.copy(data, header + index * length, length);
  }
}
