package dev.kindred.weights;

import dev.kindred.runtime.Json;
import dev.kindred.runtime.Require;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the beginning of a file, and checks its rules. */
final class HeaderWriter {
  private static final int ALIGNMENT = 8;

  private HeaderWriter() {}

  /**
   * The header with its length before it, for tensors one after the other.
   *
   * @param tensors in the order in which they will lie in the file, wherever they say they are
   * @throws IllegalArgumentException if two have one name, one is called {@code __metadata__}, a
   *     text is not valid Unicode, or the header is too long
   */
  static byte[] header(List<Entry> tensors, Map<String, String> metadata) {
    byte[] json = padded(utf8(Json.line(description(tensors, metadata))));
    Require.that(
        json.length <= HeaderReader.LONGEST_HEADER,
        "the header's length in bytes",
        "<= " + HeaderReader.LONGEST_HEADER,
        json.length);
    byte[] all = new byte[Long.BYTES + json.length];
    littleEndian(all).putLong(json.length).put(json);
    return all;
  }

  private static Map<String, Object> description(
      List<Entry> tensors, Map<String, String> metadata) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put(Header.METADATA, metadata);
    long begin = 0;
    for (Entry tensor : tensors) {
      long end = begin + tensor.end() - tensor.begin();
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

  private static Map<String, Object> entry(Entry tensor, long begin, long end) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put(Header.DTYPE, tensor.dtype().name());
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

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
