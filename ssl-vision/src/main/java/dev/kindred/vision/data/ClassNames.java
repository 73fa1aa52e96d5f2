package dev.kindred.vision.data;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The names of classes that a data set numbers. */
final class ClassNames {
  private ClassNames() {}

  /**
   * One name a line, blank lines left out; numbers if there is no such file.
   *
   * @throws KindredException if the file cannot be read or does not have {@code count} names
   */
  static List<String> read(Path file, int count) {
    if (!Files.exists(file)) {
      return numbers(count);
    }
    List<String> names = lines(file);
    if (names.size() != count) {
      throw new KindredException(
          "%s: needs %d names, one a line, found %d; download it again, or remove it to have numbers"
              .formatted(file, count, names.size()));
    }
    return names;
  }

  /** The numbers from 0 as names. */
  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException failed) {
      throw new KindredException(file + ": cannot be read: " + failed, failed);
    }
  }
}
