package dev.kindred.weights;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one file, tensor by tensor, through a buffer. */
final class TensorReader {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** A multiple of every dtype's bytes, so that no value lies astride. */
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final FileChannel channel;

  TensorReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  Map<String, NamedTensor> read() throws IOException {
    HeaderReader.Found found =
        new HeaderReader(file, channel).read(Dtype.OF_WEIGHTS, LARGEST_ARRAY);
    List<Entry> entries = found.entries();
    requireMemory(entries);
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    ByteBuffer buffer = HeaderReader.littleEndian(CHUNK);
    for (Entry entry : entries) {
      channel.position(found.dataStart() + entry.begin());
      float[] values = readValues(entry, buffer);
      tensors.put(entry.name(), new NamedTensor(entry.name(), entry.shape(), values));
    }
    return Collections.unmodifiableMap(tensors);
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
      entry.dtype().decode(HeaderReader.filled(channel, buffer), values, at);
      at += count;
    }
    return values;
  }

  private KindredException failure(String rule) {
    return new KindredException(file + ": " + rule);
  }
}
