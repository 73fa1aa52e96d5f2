package dev.kindred.runtime;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes files and folders appear whole or not at all: they are written under a temporary name in
 * the same folder ({@code .kindred-*.tmp}), forced to the disk, and renamed. A failed write leaves
 * nothing behind and what was there before stays; a killed process may leave the temporary.
 *
 * <p>Missing parent folders are made, and stay. Of several writers to one name the last to finish
 * wins, whole. Whatever the content throws is thrown on, except {@link IOException} and {@link
 * UncheckedIOException}, which become a {@link KindredException} that names the file.
 */
public final class WholeFile {
  private static final Logger LOG = LoggerFactory.getLogger(WholeFile.class);
  private static final int BUFFER = 1 << 16;

  private WholeFile() {}

  /**
   * Writes one file, replacing any that is there.
   *
   * @param content writes it; the stream is buffered, and closed afterwards
   * @throws KindredException if it cannot be written: no space, no permission, {@code file} is a
   *     folder
   */
  public static void write(Path file, IoConsumer<? super OutputStream> content) {
    writeAll(Map.of(file, content));
  }

  /**
   * Writes files that belong together: none is renamed before all are on the disk.
   *
   * @param contents what writes each file, in the order of the map
   * @throws KindredException if one of them cannot be written, as {@link #write} says
   */
  public static void writeAll(Map<Path, ? extends IoConsumer<? super OutputStream>> contents) {
    Map<Path, Path> temporaries = new LinkedHashMap<>();
    try {
      contents.forEach(
          (file, content) -> {
            Path temporary = temporaryFor(file);
            temporaries.put(file, temporary);
            guarded(file, () -> fill(file, temporary, content));
          });
      temporaries.forEach((file, temporary) -> guarded(file, () -> rename(temporary, file)));
    } finally {
      temporaries.values().forEach(WholeFile::discard);
    }
  }

  /**
   * Writes a folder, replacing any that is there.
   *
   * <p>An existing folder is first moved aside to a temporary name: a process killed in the instant
   * between the two renames leaves both folders under temporary names.
   *
   * @param content fills the folder, which exists and is empty
   * @throws KindredException if it cannot be written: no space, no permission, {@code folder} is a
   *     file
   */
  public static void folder(Path folder, IoConsumer<? super Path> content) {
    Path temporary = temporaryFor(folder);
    try {
      guarded(
          folder,
          () -> {
            requireNoFile(folder);
            Files.createDirectories(temporary);
            fillFolder(folder, temporary, content);
            forceTree(temporary);
            replaceFolder(temporary, folder);
          });
    } finally {
      discard(temporary);
    }
  }

  private static void fill(Path file, Path temporary, IoConsumer<? super OutputStream> content)
      throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a folder");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "is a device, not a file");
    }
    Files.createDirectories(parent(temporary));
    try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
      content.accept(out);
      out.flush();
      channel.force(true);
    }
  }

  /** A file of the folder that cannot be written is named by the place that it was meant for. */
  private static void fillFolder(Path folder, Path temporary, IoConsumer<? super Path> content)
      throws IOException {
    try {
      content.accept(temporary);
    } catch (KindredException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(temporary.toString())
          ? new KindredException(folder + message.substring(temporary.toString().length()), e)
          : e;
    }
  }

  private static void requireNoFile(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new FileSystemException(folder.toString(), null, "is a file, not a folder");
    }
  }

  private static void replaceFolder(Path temporary, Path folder) throws IOException {
    if (!Files.exists(folder)) {
      rename(temporary, folder);
      return;
    }
    Path old = temporaryFor(folder);
    rename(folder, old);
    try {
      rename(temporary, folder);
    } catch (IOException e) {
      rename(old, folder);
      throw e;
    }
    discard(old);
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(parent(to));
  }

  private static void forceTree(Path root) throws IOException {
    for (Path path : tree(root)) {
      if (Files.isRegularFile(path)) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      } else {
        forceFolder(path);
      }
    }
  }

  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException | UnsupportedOperationException e) {
      // Windows cannot open a folder; there the rename itself is all that can be asked for.
      LOG.trace("cannot force {}", folder, e);
    }
  }

  /**
   * Deletes a file or a folder with all that is in it, if it is there; what cannot be deleted is
   * logged and stays.
   */
  public static void delete(Path path) {
    discard(path);
  }

  private static void discard(Path temporary) {
    try {
      if (Files.exists(temporary)) {
        for (Path path : tree(temporary)) {
          Files.delete(path);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{}: left behind, delete it by hand ({})", temporary, e.toString());
    }
  }

  /** All that is below {@code root} and {@code root} itself, children before their folder. */
  private static List<Path> tree(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static Path temporaryFor(Path target) {
    String random = UUID.randomUUID().toString().substring(0, 13);
    return parent(target).resolve(".kindred-" + random + ".tmp");
  }

  private static Path parent(Path path) {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }

  private static void guarded(Path target, Action action) {
    try {
      action.run();
    } catch (UncheckedIOException e) {
      throw FileErrors.cannotWrite(target, Objects.requireNonNullElse(e.getCause(), e));
    } catch (IOException | ReadOnlyFileSystemException e) {
      throw FileErrors.cannotWrite(target, e);
    }
  }

  /** A piece of the work above. */
  private interface Action {
    void run() throws IOException;
  }
}
