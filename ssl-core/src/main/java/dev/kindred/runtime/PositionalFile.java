package dev.kindred.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read anywhere by several threads at once, opened at the first read. Being
 * interrupted closes a {@link FileChannel} for everyone; here it is then opened again.
 */
public final class PositionalFile implements AutoCloseable {
  private final Path path;
  private @Nullable FileChannel channel;
  private boolean closed;

  /** A file, which need not be there before it is read. */
  public PositionalFile(Path path) {
    this.path = path;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Some bytes.
   *
   * @throws KindredException if they cannot be read, or the file ends before them
   * @throws IllegalStateException if this is closed
   */
  public byte[] read(long start, int length) {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          return read(channel(), start, length);
        } catch (ClosedChannelException e) {
          // An interrupt, of this thread or of another, or release closed it: open it again.
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(path, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private byte[] read(FileChannel from, long start, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (from.read(bytes, start + bytes.position()) < 0) {
        throw changed(null);
      }
    }
    return bytes.array();
  }

  /** What to throw when the file is found not to hold what it held when it was opened. */
  public KindredException changed(@Nullable Exception cause) {
    return new KindredException(
        path + ": has changed since it was opened; leave it as it is, or open it again", cause);
  }

  /** Gives the system's handle back until the next read, which may be under way. */
  public synchronized void release() {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw FileErrors.cannotRead(path, e);
    } finally {
      channel = null;
    }
  }

  private synchronized FileChannel channel() throws IOException {
    if (closed) {
      throw new IllegalStateException(path + ": is closed");
    }
    FileChannel open = channel;
    if (open == null || !open.isOpen()) {
      open = FileChannel.open(path);
      channel = open;
    }
    return open;
  }

  /** Ends all reading; may be called twice. */
  @Override
  public synchronized void close() {
    closed = true;
    release();
  }
}
