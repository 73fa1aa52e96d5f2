package dev.kindred.spark;

import dev.kindred.data.CorruptExampleException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths as Spark writes them: with {@code file:} before them or not, and nothing escaped. */
final class LocalFile {
  private static final Pattern LOCAL = Pattern.compile("^file:/+");

  /** Two letters at least: C:\photos is a folder. */
  private static final Pattern ELSEWHERE = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private LocalFile() {}

  /** {@code path} without {@code file:}. */
  static String plain(String path) {
    return LOCAL.matcher(path).replaceFirst("/");
  }

  /**
   * The file at {@code path} on this machine.
   *
   * @param name what to call it in messages
   * @throws CorruptExampleException if it is on no local file system
   */
  static Path of(String path, String name) {
    String plain = plain(path);
    if (ELSEWHERE.matcher(plain).matches()) {
      throw new CorruptExampleException(
          name,
          "not a path of a mounted file system; read such files by Spark's binaryFile source and"
              + " embed their content",
          null);
    }
    try {
      return Path.of(plain);
    } catch (InvalidPathException e) {
      throw new CorruptExampleException(name, "not a path", e);
    }
  }
}
