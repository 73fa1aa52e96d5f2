package dev.kindred.weights;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.Require;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes one file. The header is made, and its rules are checked, before anything is written. */
final class TensorWriter {
  private static final int ALIGNMENT = 8;
  private static final int CHUNK = 1 << 16;

  private final List<NamedTensor> tensors;
  private final byte[] header;

  TensorWriter(List<NamedTensor> tensors, Map<String, String> metadata) {
    this.tensors = List.copyOf(tensors);
    this.header = padded(utf8(Json.line(description(this.tensors, metadata))));
    Require.that(
        header.length <= TensorReader.LONGEST_HEADER,
        "the header's length in bytes",
        "<= " + TensorReader.LONGEST_HEADER,
        header.length);
  }

  void write(OutputStream out) throws IOException {
    byte[] length = new byte[Long.BYTES];
    littleEndian(length).putLong(header.length);
    out.write(length);
    out.write(header);
    byte[] chunk = new byte[CHUNK];
    for (NamedTensor tensor : tensors) {
      writeValues(tensor.values(), chunk, out);
    }
  }

  private static Map<String, Object> description(
      List<NamedTensor> tensors, Map<String, String> metadata) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put(Header.METADATA, metadata);
    long begin = 0;
    for (NamedTensor tensor : tensors) {
      long end = begin + (long) Float.BYTES * tensor.values().length;
      Object before = description.put(tensor.name(), entry(tensor, begin, end));
      Require.that(
          before == null, "a tensor's name", "unlike all others and __metadata__", tensor.name());
      begin = end;
    }
    if (metadata.isEmpty()) {
      description.remove(Header.METADATA);
    }
    return description;
  }

  private static Map<String, Object> entry(NamedTensor tensor, long begin, long end) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put(Header.DTYPE, Dtype.F32.name());
    entry.put(Header.SHAPE, tensor.shape());
    entry.put(Header.OFFSETS, new long[] {begin, end});
    return entry;
  }

  private static byte[] utf8(String json) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "names and metadata must be valid Unicode, one has half a surrogate pair", e);
    }
  }

  /** The values begin at a multiple of {@link #ALIGNMENT}, so that others can map them. */
  private static byte[] padded(byte[] json) {
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] padded = Arrays.copyOf(json, length);
    Arrays.fill(padded, json.length, length, (byte) ' ');
    return padded;
  }

  private static void writeValues(float[] values, byte[] chunk, OutputStream out)
      throws IOException {
    FloatBuffer floats = littleEndian(chunk).asFloatBuffer();
    for (int at = 0; at < values.length; ) {
      int count = Math.min(floats.capacity(), values.length - at);
      floats.rewind().put(values, at, count);
      out.write(chunk, 0, count * Float.BYTES);
      at += count;
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
