package dev.kindred.text.data;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.PositionalFile;
import dev.kindred.runtime.WholeFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The unpacked bytes of a corpus in a file, read anywhere by several threads at once. */
final class StoredText implements AutoCloseable {
  private final Path file;
  private final boolean temporary;
  private final PositionalFile reads;
  private boolean closed;

  private StoredText(Path file, boolean temporary) {
    this.file = file;
    this.temporary = temporary;
    this.reads = new PositionalFile(file);
  }

  /**
   * Opens {@code file}, unpacking it first if it is packed.
   *
   * @throws KindredException if it cannot be read, or not be unpacked
   */
  static StoredText open(Path file) {
    try {
      return Gzip.packed(file) ? unpack(file) : new StoredText(file, false);
    } catch (IOException e) {
      throw Gzip.cannotRead(file, e);
    }
  }

  /** Opens {@code file}, and deletes it when it is closed. */
  static StoredText temporary(Path file) {
    return new StoredText(file, true);
  }

  /**
   * Makes an empty file where the system keeps temporary ones.
   *
   * @throws KindredException if there is no place
   */
  static Path temporaryFile() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir", ""));
    try {
      Path file = Files.createTempFile(folder, "kindred-", ".txt");
      file.toFile().deleteOnExit(); // for a program that ends without closing
      return file;
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }

  private static StoredText unpack(Path file) throws IOException {
    Path unpacked = temporaryFile();
    try (InputStream in = Gzip.open(file)) {
      Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
      return new StoredText(unpacked, true);
    } catch (IOException e) {
      WholeFile.delete(unpacked);
      if (e instanceof EOFException || e instanceof ZipException) {
        throw e;
      }
      throw cannotKeep(file, unpacked, e);
    }
  }

  /** What to throw when what {@code source} holds could not be kept in a temporary file. */
  static KindredException cannotKeep(Path source, Path temporary, IOException cause) {
    return new KindredException(
        "%s: needs a temporary file, but %s by -Djava.io.tmpdir"
            .formatted(source, FileErrors.cannotWrite(temporary, cause).getMessage()),
        cause);
  }

  /** All of it from the start. */
  InputStream stream() throws IOException {
    return Files.newInputStream(file);
  }

  /**
   * Some bytes.
   *
   * @throws KindredException if they cannot be read, or are not there any more
   */
  byte[] read(long start, int length) {
    return reads.read(start, length);
  }

  /** What to throw when the file is found not to hold what it held when it was opened. */
  KindredException changed(@Nullable Exception cause) {
    return reads.changed(cause);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      reads.close();
    } finally {
      if (temporary) {
        WholeFile.delete(file);
      }
    }
  }
}
