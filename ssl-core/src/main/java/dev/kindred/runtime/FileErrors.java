package dev.kindred.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;

/**
 * Says in one line what went wrong with a file and what to do about it. The system's own words ("No
 * space left on device", or just the file's name again) do not.
 */
public final class FileErrors {
  /** How Linux and macOS, quotas, Windows and in-memory file systems say it. */
  private static final List<String> FULL =
      List.of("no space left", "quota exceeded", "not enough space", "out of disk space");

  private FileErrors() {}

  /** What to throw when {@code file} could not be written because of {@code cause}. */
  public static KindredException cannotWrite(Path file, Exception cause) {
    return new KindredException(file + ": " + writingReason(cause), cause);
  }

  /** What to throw when {@code file} could not be read because of {@code cause}. */
  public static KindredException cannotRead(Path file, IOException cause) {
    return new KindredException(file + ": " + readingReason(cause), cause);
  }

  private static String writingReason(Exception cause) {
    if (isFull(cause)) {
      return "no space left where it is written; free some, or choose another folder";
    }
    if (cause instanceof ReadOnlyFileSystemException || cause instanceof AccessDeniedException) {
      return "may not be written here; allow it, or choose another folder";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "cannot be written, for a file is where its folder should be; choose another folder";
    }
    return "cannot be written (" + words(cause) + "); mend that, or choose another folder";
  }

  private static String readingReason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "does not exist; check the path";
    }
    if (cause instanceof AccessDeniedException) {
      return "may not be read; allow it";
    }
    return "cannot be read (" + words(cause) + ")";
  }

  private static boolean isFull(Exception cause) {
    String words = reason(cause).toLowerCase(Locale.ROOT);
    return FULL.stream().anyMatch(words::contains);
  }

  private static String words(Exception cause) {
    String words = cause.getClass().getSimpleName() + ": " + reason(cause);
    return words.lines().findFirst().orElse(words);
  }

  /** The system's reason without the path, which may hold any words. */
  private static String reason(Exception cause) {
    String reason =
        cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    return reason == null ? "no reason given" : reason;
  }
}
