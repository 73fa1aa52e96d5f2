package dev.kindred.weights;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.IoConsumer;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.WholeFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file in the safetensors format that is read a piece at a time, so that its tensors may be
 * larger than the heap: data rather than weights, such as the pictures of a recording. Tensors are
 * {@code F32} or {@code U8}. Safe for use from several threads at once; close it when done.
 *
 * @see SafeTensors
 */
public final class TensorFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, String> metadata;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private TensorFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    HeaderReader.Found found =
        new HeaderReader(file, channel).read(EnumSet.of(Dtype.F32, Dtype.U8), Long.MAX_VALUE / 8);
    dataStart = found.dataStart();
    metadata = found.metadata();
    found.entries().forEach(entry -> entries.put(entry.name(), entry));
  }

  /**
   * A tensor that is to be written.
   *
   * @param name its name
   * @param bytes whether its values are bytes, {@code U8}, else floats, {@code F32}
   * @param shape its dimensions
   */
  public record Layout(String name, boolean bytes, long... shape) {
    private Entry entry() {
      return Entry.at(0, name, bytes ? Dtype.U8 : Dtype.F32, shape);
    }
  }

  /**
   * Opens a file, whose header is read and checked.
   *
   * @throws KindredException if it is missing, may not be read, is not of this format or is
   *     truncated
   */
  public static TensorFile open(Path file) {
    try {
      SafeTensors.requireNoFolder(file);
      FileChannel channel = FileChannel.open(file);
      try {
        return new TensorFile(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (EOFException e) {
      throw new KindredException(file + ": is truncated" + Header.AGAIN, e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param tensors in the order in which {@code values} writes them
   * @param values writes all values, floats little-endian, tensor after tensor, in C order
   * @throws KindredException if it cannot be written
   * @throws IllegalStateException if {@code values} writes more or fewer bytes than the tensors
   *     have
   */
  public static void write(
      Path file,
      List<Layout> tensors,
      Map<String, String> metadata,
      IoConsumer<? super OutputStream> values) {
    List<Entry> entries = tensors.stream().map(Layout::entry).toList();
    byte[] header = HeaderWriter.header(entries, metadata);
    long size = entries.stream().mapToLong(Entry::end).sum();
    WholeFile.write(
        file,
        out -> {
          out.write(header);
          CountedBytes counted = new CountedBytes(out);
          values.accept(counted);
          if (counted.count() != size) {
            throw new IllegalStateException(
                "%s: values must have %d bytes, %d were written"
                    .formatted(file, size, counted.count()));
          }
        });
  }

  /** Texts about the file. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The dimensions of a tensor.
   *
   * @throws KindredException if there is none of that name
   */
  public long[] shape(String name) {
    return entry(name).shape().clone();
  }

  /**
   * Fills {@code to} with bytes of a {@code U8} tensor.
   *
   * @param first which value the first is, counted in C order
   * @throws KindredException if there is no such tensor, or the file cannot be read
   * @throws IllegalArgumentException if the tensor has no such values
   */
  public void read(String name, long first, byte[] to) {
    read(entry(name, Dtype.U8), first, ByteBuffer.wrap(to));
  }

  /**
   * All values of an {@code F32} tensor.
   *
   * @throws KindredException if there is no such tensor, or the file cannot be read
   */
  public float[] floats(String name) {
    Entry entry = entry(name, Dtype.F32);
    ByteBuffer bytes = HeaderReader.littleEndian(Math.toIntExact(entry.end() - entry.begin()));
    read(entry, 0, bytes);
    float[] values = new float[Math.toIntExact(entry.size())];
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new KindredException(
          "%s: must have a tensor %s, has %s".formatted(file, name, entries.keySet())
              + Header.AGAIN);
    }
    return entry;
  }

  private Entry entry(String name, Dtype dtype) {
    Entry entry = entry(name);
    if (entry.dtype() != dtype) {
      throw new KindredException(
          "%s: %s must be %s, is %s".formatted(file, name, dtype, entry.dtype()) + Header.AGAIN);
    }
    return entry;
  }

  private void read(Entry entry, long first, ByteBuffer to) {
    long begin = entry.begin() + first * entry.dtype().bytes();
    Require.that(
        first >= 0 && begin + to.remaining() <= entry.end(),
        "values",
        "within those of %s, %s".formatted(entry.name(), Arrays.toString(entry.shape())),
        first);
    long position = dataStart + begin;
    try {
      while (to.hasRemaining()) {
        int count = channel.read(to, position);
        if (count < 0) {
          throw new EOFException();
        }
        position += count;
      }
    } catch (EOFException e) {
      throw new KindredException(file + ": is truncated" + Header.AGAIN, e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }
}
