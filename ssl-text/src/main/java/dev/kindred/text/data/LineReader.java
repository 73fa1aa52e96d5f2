package dev.kindred.text.data;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads UTF-8 text line by line, and tells where each line is. Bytes that are no text, and lines
 * too long to be a sentence, are refused by a {@link KindredException} that names the line.
 */
final class LineReader implements AutoCloseable {
  /** The bytes that a line may have. */
  static final int MAX_LINE = 1 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path file;
  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final byte[] block = new byte[1 << 16];
  private int position;
  private int limit;
  private byte[] line = new byte[1 << 10];
  private int length;
  private long offset;
  private long start;
  private int number;

  /**
   * @param file what messages name
   * @param in closed by this
   */
  LineReader(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Reads a file, packed by gzip or not.
   *
   * @throws KindredException if it cannot be opened
   */
  static LineReader open(Path file) {
    try {
      return new LineReader(file, Gzip.open(file));
    } catch (IOException e) {
      throw Gzip.cannotRead(file, e);
    }
  }

  /** Goes on to the next line, if there is one. */
  boolean next() {
    start = offset;
    length = 0;
    int b = read();
    if (b < 0) {
      return false;
    }
    number++;
    for (; b >= 0 && b != '\n'; b = read()) {
      append(b);
    }
    dropByteOrderMark();
    return true;
  }

  /** The line without its end. */
  String text() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    ByteBuffer bytes = ByteBuffer.wrap(line, 0, end);
    try {
      return decoder.decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw failure(
          "not UTF-8 (byte 0x%02X at offset %,d); convert the file to UTF-8"
              .formatted(line[bytes.position()], start + bytes.position()),
          e);
    }
  }

  /** The number of the line, from 1. */
  int number() {
    return number;
  }

  /** Where the line starts, in bytes of the unpacked file. */
  long start() {
    return start;
  }

  /** Where the next line starts; after the last line the length of the unpacked file. */
  long end() {
    return offset;
  }

  /** What to throw when this line breaks {@code rule}. */
  KindredException failure(String rule, @Nullable Exception cause) {
    return new KindredException(
        "%s: line %d: %s".formatted(file, Math.max(1, number), rule), cause);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw Gzip.cannotRead(file, e);
    }
  }

  private void append(int b) {
    if (b == 0) {
      throw failure(
          "holds a zero byte (at offset %,d), so this is no text; give a text file"
              .formatted(offset - 1),
          null);
    }
    if (length == MAX_LINE) {
      throw failure(
          "longer than %,d bytes; put one sentence a line, or documents as .txt files into a folder"
              .formatted(MAX_LINE),
          null);
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, 2 * length);
    }
    line[length++] = (byte) b;
  }

  private void dropByteOrderMark() {
    int mark = BYTE_ORDER_MARK.length;
    if (number == 1 && Arrays.equals(line, 0, Math.min(mark, length), BYTE_ORDER_MARK, 0, mark)) {
      System.arraycopy(line, mark, line, 0, length - mark);
      length -= mark;
      start += mark;
    }
  }

  private int read() {
    if (position == limit && !fill()) {
      return -1;
    }
    offset++;
    return block[position++] & 0xFF;
  }

  private boolean fill() {
    try {
      position = 0;
      limit = Math.max(0, in.read(block));
      return limit > 0;
    } catch (IOException e) {
      throw Gzip.cannotRead(file, e);
    }
  }
}
