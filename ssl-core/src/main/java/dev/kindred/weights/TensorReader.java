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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one file, tensor by tensor, through a buffer. */
final class TensorReader {
  /** What the reference implementation accepts. */
  static final int LONGEST_HEADER = 100_000_000;

  /** A multiple of every dtype's bytes, so that no value lies astride. */
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final FileChannel channel;

  TensorReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  Map<String, NamedTensor> read() throws IOException {
    String header = readHeader();
    long dataStart = channel.position();
    List<Entry> entries = new Header(file, channel.size() - dataStart).entries(header);
    requireMemory(entries);
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    ByteBuffer buffer = littleEndian(CHUNK);
    for (Entry entry : entries) {
      channel.position(dataStart + entry.begin());
      float[] values = readValues(entry, buffer);
      tensors.put(entry.name(), new NamedTensor(entry.name(), entry.shape(), values));
    }
    return Collections.unmodifiableMap(tensors);
  }

  private String readHeader() throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw failure(
          "must begin with the 8 bytes of the header's length, %s"
                  .formatted(size == 0 ? "is empty" : "has " + size)
              + Header.AGAIN);
    }
    long length = filled(littleEndian(Long.BYTES)).getLong();
    requireLength(length, size - Long.BYTES);
    return utf8(filled(littleEndian((int) length)));
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

  private void requireMemory(List<Entry> entries) {
    long bytes = Float.BYTES * entries.stream().mapToLong(Entry::size).sum();
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw failure(
          "needs %d MiB of heap, more than the %d there are; raise -Xmx"
              .formatted(bytes >> 20, heap >> 20));
    }
  }

  private float[] readValues(Entry entry, ByteBuffer buffer) throws IOException {
    float[] values = new float[(int) entry.size()];
    int perChunk = CHUNK / entry.dtype().bytes();
    for (int at = 0; at < values.length; ) {
      int count = Math.min(perChunk, values.length - at);
      buffer.clear().limit(count * entry.dtype().bytes());
      entry.dtype().decode(filled(buffer), values, at);
      at += count;
    }
    return values;
  }

  private ByteBuffer filled(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private KindredException failure(String rule) {
    return new KindredException(file + ": " + rule);
  }
}
