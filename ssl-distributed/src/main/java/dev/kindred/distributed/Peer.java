package dev.kindred.distributed;

import dev.kindred.runtime.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The connection to one other worker: a line of JSON for each message, bounded in length. */
final class Peer implements Closeable {
  /** Settings are some kilobytes; what is longer than this is no worker's. */
  static final int LONGEST = 16 << 20;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream());
  }

  /** How long {@link #receive} waits, before it throws {@link java.net.SocketTimeoutException}. */
  void patience(Duration silence) throws IOException {
    socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
  }

  synchronized void send(Message message) throws IOException {
    out.write(Json.line(message).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    out.flush();
  }

  /**
   * The next message.
   *
   * @throws IOException if the connection has ended, or what came is no message
   */
  Message receive() throws IOException {
    try {
      return Json.parse(line(), Message.class);
    } catch (IllegalArgumentException e) {
      throw new IOException("it does not speak the roll call's language", e);
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("its connection has ended");
      }
      if (line.size() == LONGEST) {
        throw new IOException("it sent a line of more than %d bytes".formatted(LONGEST));
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
