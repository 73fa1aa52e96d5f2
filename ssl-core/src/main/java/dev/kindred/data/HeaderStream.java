package dev.kindred.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A tar file of which only the headers are read. Commons Compress reads what it skips, which would
 * be the whole file; told of it by {@link #passTo}, this gives it bytes without looking at the
 * disk.
 */
final class HeaderStream extends InputStream {
  /** The bytes that may be read between two entries: long names and attributes, no more. */
  static final int MOST_BETWEEN = 1 << 20;

  private final FileChannel channel;
  private long position;
  private long passTo;
  private int read;

  /**
   * @param channel stays the caller's
   */
  HeaderStream(FileChannel channel) {
    this.channel = channel;
  }

  long position() {
    return position;
  }

  /** Gives whatever bytes up to there, and then reads again. */
  void passTo(long end) {
    passTo = end;
    read = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position < passTo) {
      int passed = (int) Math.min(length, passTo - position);
      position += passed;
      return passed;
    }
    if (read + (long) length > MOST_BETWEEN) {
      throw new IOException("headers of more than %,d bytes".formatted(MOST_BETWEEN));
    }
    int got = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
    position += Math.max(0, got);
    read += Math.max(0, got);
    return got;
  }
}
