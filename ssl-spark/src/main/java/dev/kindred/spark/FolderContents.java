package dev.kindred.spark;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Folders in memory: contents by path, which is relative and has {@code /} in it. */
final class FolderContents {
  /** What an array holds on every JVM. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

  private FolderContents() {}

  /**
   * Reads a folder and all below it.
   *
   * @throws KindredException if it cannot be read, or a file in it is too large
   */
  static TreeMap<String, byte[]> read(Path folder) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    try {
      for (Path file : files(folder)) {
        requireSendable(file);
        files.put(
            folder.relativize(file).toString().replace(File.separatorChar, '/'),
            Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
    return files;
  }

  /** The SHA-256 of all paths and contents, in hexadecimal digits. */
  static String digest(TreeMap<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (path, content) -> {
            digest.update((path + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What {@code use} makes of a temporary folder with these contents. */
  static <T> T unpacked(Map<String, byte[]> files, Function<Path, T> use) {
    try {
      Path folder = Files.createTempDirectory("kindred-model");
      try {
        write(files, folder);
        return use.apply(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw FileErrors.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static void write(Map<String, byte[]> files, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.resolveSibling("."));
      Files.write(target, file.getValue());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void requireSendable(Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes > MAX_BYTES) {
      throw new KindredException(
          "%s: %,d bytes are more than can be sent; put the model on storage that every executor sees, and leave out shipped()"
              .formatted(file, bytes));
    }
  }
}
