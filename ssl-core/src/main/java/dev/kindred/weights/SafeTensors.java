package dev.kindred.weights;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Files in the <a href="https://huggingface.co/docs/safetensors">safetensors</a> format, which
 * PyTorch's, TensorFlow's and JAX's users exchange weights in. Such a file holds arrays by name and
 * nothing that could be run:
 *
 * <ul>
 *   <li>8 bytes: the header's length, little-endian;
 *   <li>the header, JSON in UTF-8, padded with spaces: for each name the dtype, the shape and where
 *       the bytes begin and end; under {@code __metadata__} texts about the file;
 *   <li>the values, little-endian, in C order, each byte of which belongs to one tensor.
 * </ul>
 *
 * <pre>{@code
 * Map<String, NamedTensor> weights = SafeTensors.read(Path.of("resnet18.safetensors"));
 * SafeTensors.write(Path.of("copy.safetensors"), List.copyOf(weights.values()), Map.of());
 * }</pre>
 */
public final class SafeTensors {
  private SafeTensors() {}

  /**
   * Reads all tensors of a file. Dtypes F32, F16 and BF16 are read exactly; F64 and I64 are rounded
   * to the nearest float, which is infinite for an F64 too large for it. Nothing is allocated on
   * the word of a header that the file's size belies. The file's metadata are checked and left.
   *
   * @return the tensors by name, in the order of the header; not to be modified
   * @throws KindredException if the file is missing, may not be read, is not of this format or is
   *     truncated, has bytes that belong to no tensor or to two, has a name twice, holds a tensor
   *     of another dtype, or holds more than the heap
   */
  public static Map<String, NamedTensor> read(Path file) {
    try {
      requireNoFolder(file);
      try (FileChannel channel = FileChannel.open(file)) {
        return new TensorReader(file, channel).read();
      }
    } catch (EOFException e) {
      throw new KindredException(file + ": is truncated" + Header.AGAIN, e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  /**
   * Writes tensors as F32, the file whole or not at all. The same tensors and metadata in the same
   * order make the same bytes; the order of {@link Map#of} changes from run to run, that of a
   * {@link java.util.LinkedHashMap} does not.
   *
   * @param tensors in the order in which they lie in the file
   * @param metadata texts about the file, such as {@code format} to {@code pt}; may be empty
   * @throws IllegalArgumentException if two tensors have one name or one is called {@code
   *     __metadata__}, a text is not valid Unicode, or the header is longer than 100,000,000 bytes
   * @throws KindredException if the file cannot be written
   */
  public static void write(Path file, List<NamedTensor> tensors, Map<String, String> metadata) {
    TensorWriter writer = new TensorWriter(tensors, metadata);
    WholeFile.write(file, writer::write);
  }

  /** A folder can be opened like a file, and has a size. */
  static void requireNoFolder(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a folder");
    }
  }
}
