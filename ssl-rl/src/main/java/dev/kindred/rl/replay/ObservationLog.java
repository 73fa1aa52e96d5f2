package dev.kindred.rl.replay;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;

/**
 * Observations one after the other, each under its number; the oldest are dropped. They lie in
 * chunks, for one array could not hold all, and a chunk is made when it is needed first.
 */
final class ObservationLog {
  private static final int CHUNK = 1 << 22;

  private final int bytes;
  private final int perChunk;
  private final Map<Long, byte[]> chunks = new HashMap<>();
  private byte @Nullable [] spare;
  private long first;
  private long end;

  ObservationLog(int bytes, long first) {
    this.bytes = bytes;
    perChunk = Math.max(1, CHUNK / bytes);
    this.first = first;
    end = first;
  }

  /** The number of the oldest observation that is here. */
  long first() {
    return first;
  }

  /** The number of the next observation. */
  long end() {
    return end;
  }

  /** The bytes that are taken at most once there are so many observations, oldest to newest. */
  static long mostBytes(int bytes, long observations) {
    long perChunk = Math.max(1, CHUNK / bytes);
    // They may begin and end within a chunk, and one chunk waits to be used again.
    return ((observations + perChunk - 2) / perChunk + 2) * perChunk * bytes;
  }

  /** The bytes that are taken. */
  long takenBytes() {
    return (chunks.size() + (spare == null ? 0L : 1L)) * perChunk * bytes;
  }

  /** Fills an observation's bytes. */
  interface Filler {
    void fill(byte[] chunk, int offset);
  }

  /** Adds an observation and returns its number. */
  long add(Filler filler) {
    byte[] chunk = chunks.computeIfAbsent(end / perChunk, number -> fresh());
    filler.fill(chunk, offset(end));
    return end++;
  }

  private byte[] fresh() {
    byte[] reused = spare;
    spare = null;
    return reused == null ? new byte[perChunk * bytes] : reused;
  }

  /** Forgets what is older than {@code number}. */
  void dropBefore(long number) {
    for (long chunk = first / perChunk; chunk < number / perChunk; chunk++) {
      spare = chunks.remove(chunk);
    }
    first = number;
  }

  /** Writes an observation into a tensor. */
  void copy(long number, ByteDataBuffer to, long at) {
    to.offset(at).write(chunk(number), offset(number), bytes);
  }

  byte[] chunk(long number) {
    byte[] chunk = chunks.get(number / perChunk);
    if (chunk == null) {
      throw new IllegalStateException("observation %d is gone".formatted(number));
    }
    return chunk;
  }

  int offset(long number) {
    return (int) (number % perChunk) * bytes;
  }
}
