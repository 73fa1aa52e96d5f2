package dev.kindred.embedding;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matrices of float32 in NumPy's file format, "NEP 1: A Simple File Format for NumPy Arrays": a
 * magic number, a version, the header's length, the header (a Python dictionary padded so that the
 * data start at a multiple of 64), the data.
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int LONGEST_SHOWN = 100;
  private static final int CHUNK = 1 << 20;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)\\b");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d{1,18})L?\\s*,\\s*(\\d{1,18})L?\\s*,?\\s*\\)");

  private Npy() {}

  /** Writes {@code rows}, all of one width, as version 1.0. */
  static void write(float[][] rows, OutputStream out) throws IOException {
    out.write(header(rows.length, rows[0].length));
    byte[] bytes = new byte[Math.multiplyExact(rows[0].length, Float.BYTES)];
    FloatBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (float[] row : rows) {
      values.rewind().put(row);
      out.write(bytes);
    }
  }

  /**
   * Reads a whole matrix.
   *
   * @throws KindredException if there is no such file or it is not such a matrix
   */
  static float[][] read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return new Reader(file, channel).read();
    } catch (EOFException e) {
      throw new KindredException(file + ": is truncated; write it again", e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static byte[] header(int rows, int width) {
    String dictionary =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, width);
    int before = MAGIC.length + 4;
    int unpadded = before + dictionary.length() + 1;
    int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
    String padded = dictionary + " ".repeat(padding) + "\n";
    return littleEndian(unpadded + padding)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads one file; nothing is allocated on the word of a header that the file's size belies. */
  private static final class Reader {
    private final Path file;
    private final FileChannel channel;

    Reader(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    float[][] read() throws IOException {
      String header = readHeader();
      requireFloats(header);
      Matcher shape = SHAPE.matcher(header);
      if (!shape.find()) {
        throw failure("must be a matrix [rows, dimension], was " + shown(header));
      }
      return readRows(Long.parseLong(shape.group(1)), Long.parseLong(shape.group(2)));
    }

    private String readHeader() throws IOException {
      byte[] start = next(MAGIC.length + 2).array();
      if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw failure("is not a NumPy file (does not start with \\x93NUMPY); use numpy.save");
      }
      int version = start[MAGIC.length];
      if (version < 1 || version > 3) {
        throw failure("NumPy's format version must be 1, 2 or 3, was " + version);
      }
      long length = version == 1 ? next(2).getShort() & 0xFFFF : next(4).getInt() & 0xFFFFFFFFL;
      if (length > LONGEST_HEADER) {
        throw failure("the header must be at most 65536 bytes long, says it has " + length);
      }
      String header = new String(next((int) length).array(), StandardCharsets.UTF_8);
      return header.strip().replaceAll("\\p{Cntrl}", " ");
    }

    private void requireFloats(String header) {
      Matcher type = DESCR.matcher(header);
      if (!type.find() || !type.group(1).equals("<f4")) {
        throw failure(
            "values must be little-endian float32 ('<f4'); save x.astype('<f4'), not "
                + shown(header));
      }
      Matcher order = ORDER.matcher(header);
      if (!order.find() || !order.group(1).equals("False")) {
        throw failure("rows must lie in C order; save numpy.ascontiguousarray(x)");
      }
    }

    private float[][] readRows(long rows, long width) throws IOException {
      requireSize(rows, width);
      float[][] matrix = new float[(int) rows][(int) width];
      FloatBuffer values = FloatBuffer.allocate(0);
      long left = rows * width;
      for (float[] row : matrix) {
        for (int filled = 0; filled < row.length; ) {
          if (!values.hasRemaining()) {
            values = next((int) Math.min(left * Float.BYTES, CHUNK)).asFloatBuffer();
            left -= values.remaining();
          }
          int count = Math.min(values.remaining(), row.length - filled);
          values.get(row, filled, count);
          filled += count;
        }
      }
      return matrix;
    }

    private void requireSize(long rows, long width) throws IOException {
      if (rows < 1 || width < 1) {
        throw failure("must have at least one row and column, was [%d, %d]".formatted(rows, width));
      }
      long held = channel.size() - channel.position();
      long values = held / Float.BYTES;
      // By division, for a lying header's product may overflow.
      if (held % Float.BYTES != 0 || values % width != 0 || values / width != rows) {
        throw failure(
            "[%d, %d] float32 values do not take the %d bytes after the header; write it again"
                .formatted(rows, width, held));
      }
      requireMemory(held, Math.max(rows, width));
    }

    private void requireMemory(long bytes, long longest) {
      long heap = Runtime.getRuntime().maxMemory();
      if (bytes > heap || longest > Integer.MAX_VALUE - 8) {
        throw failure(
            "needs %d MiB of heap, more than the %d there are; raise -Xmx"
                .formatted(bytes >> 20, heap >> 20));
      }
    }

    private ByteBuffer next(int bytes) throws IOException {
      ByteBuffer buffer = littleEndian(bytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new EOFException();
        }
      }
      return buffer.flip();
    }

    private static String shown(String header) {
      return header.length() <= LONGEST_SHOWN ? header : header.substring(0, LONGEST_SHOWN) + "...";
    }

    private KindredException failure(String rule) {
      return new KindredException(file + ": " + rule);
    }
  }
}
