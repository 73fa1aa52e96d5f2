package dev.kindred.weights;

import dev.kindred.runtime.KindredException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the beginning of a file: what tensors it holds, and where. */
final class HeaderReader {
  /** What the reference implementation accepts. */
  static final int LONGEST_HEADER = 100_000_000;

  private final Path file;
  private final FileChannel channel;

  HeaderReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * What a file holds.
   *
   * @param entries its tensors, in the order of the header
   * @param metadata texts about it
   * @param dataStart where the header ends and the values begin
   */
  record Found(List<Entry> entries, Map<String, String> metadata, long dataStart) {}

  /**
   * Reads it from the beginning of the channel.
   *
   * @param dtypes what a tensor may be of
   * @param largest the most values of one tensor
   */
  Found read(Set<Dtype> dtypes, long largest) throws IOException {
    String text = text();
    long dataStart = channel.position();
    Header header = new Header(file, channel.size() - dataStart, dtypes, largest);
    List<Entry> entries = header.entries(text);
    return new Found(entries, header.metadata(), dataStart);
  }

  private String text() throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw failure(
          "must begin with the 8 bytes of the header's length, %s"
                  .formatted(size == 0 ? "is empty" : "has " + size)
              + Header.AGAIN);
    }
    long length = filled(channel, littleEndian(Long.BYTES)).getLong();
    requireLength(length, size - Long.BYTES);
    return utf8(filled(channel, littleEndian((int) length)));
  }

  private void requireLength(long length, long held) {
    if (Long.compareUnsigned(length, LONGEST_HEADER) > 0) {
      throw failure(
          "the header must be at most %d bytes long, says it has %s;"
                  .formatted(LONGEST_HEADER, Long.toUnsignedString(length))
              + " check that it is a safetensors file");
    }
    if (length > held) {
      throw failure(
          "the header must end within the file, says it has %d bytes of the %d there are"
                  .formatted(length, held)
              + Header.AGAIN);
    }
  }

  private String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new KindredException(file + ": the header must be UTF-8, is not" + Header.AGAIN, e);
    }
  }

  /** The buffer, filled from where the channel is. */
  static ByteBuffer filled(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private KindredException failure(String rule) {
    return new KindredException(file + ": " + rule);
  }
}
