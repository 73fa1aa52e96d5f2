package dev.kindred.data;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a set as tar shards that {@link TarShards} and WebDataset read: {@code shard-000000.tar}
 * and so on, in which each example is {@code KEY.EXTENSION} and, if it has a class, the number of
 * that as {@code KEY.cls}; and {@code classes.txt}, the names of the classes.
 *
 * <p>Keys are the ids, made safe and unique. The same set and settings give the same bytes.
 *
 * <pre>{@code
 * ShardWriter.shuffled(0).write(Path.of("shards"), photos, photos, () -> {});
 * }</pre>
 *
 * @param mostBytes what a shard grows to, unless its first example is larger
 * @param mostExamples how many examples it holds
 * @param seed of the order in which they are written; none keeps the set's
 */
public record ShardWriter(long mostBytes, int mostExamples, OptionalLong seed) {
  /** The {@link #mostBytes} unless told: 256 MiB. */
  public static final long DEFAULT_MOST_BYTES = 256L << 20;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public ShardWriter {
    Require.atLeastOne("bytes of a shard", mostBytes);
    Require.atLeastOne("examples of a shard", mostExamples);
  }

  /** Shards of 256 MiB, the examples shuffled over all of them. */
  public static ShardWriter shuffled(long seed) {
    return new ShardWriter(DEFAULT_MOST_BYTES, Integer.MAX_VALUE, OptionalLong.of(seed));
  }

  /** Shards of 256 MiB, the examples in the order that they have. */
  public static ShardWriter inOrder() {
    return new ShardWriter(DEFAULT_MOST_BYTES, Integer.MAX_VALUE, OptionalLong.empty());
  }

  /** The same with shards of so many bytes. */
  public ShardWriter mostBytes(long bytes) {
    return new ShardWriter(bytes, mostExamples, seed);
  }

  /** The same with shards of so many examples, however large. */
  public ShardWriter mostExamples(int examples) {
    return new ShardWriter(Long.MAX_VALUE, examples, seed);
  }

  /**
   * What was written.
   *
   * @param bytes the size of all shards
   * @param skipped the examples that could not be read, which are not among {@code examples}
   */
  public record Written(
      int shards, int examples, long bytes, List<CorruptExampleException> skipped) {}

  /**
   * Writes all examples, or, if something fails, nothing.
   *
   * @param folder new or empty; appears when everything is in it
   * @param contents the files of {@code data}
   * @param each told after every example; what it throws ends the writing
   * @throws KindredException if the folder is not free, cannot be written, no example can be read,
   *     or the name of a class is not one line
   */
  public Written write(Path folder, Dataset<?> data, Encoded contents, Runnable each) {
    requireFree(folder);
    requireLines(data.classNames());
    ShardWriting writing = new ShardWriting(this, data, contents, each);
    WholeFile.folder(folder, made -> writing.run(made, order(data.size())));
    return writing.written();
  }

  /**
   * Refuses a folder that holds something, before any work is done for it.
   *
   * @throws KindredException if it is a file, cannot be read, or is not empty
   */
  public static void requireFree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      inside
          .findFirst()
          .ifPresent(
              any -> {
                throw new KindredException(
                    "%s: shards need a new or empty folder, but %s is in it; choose another"
                        .formatted(folder, any.getFileName()));
              });
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }

  private static void requireLines(List<String> classNames) {
    for (String name : classNames) {
      if (name.isBlank() || name.lines().count() != 1) {
        throw new KindredException(
            "the class \"%s\" cannot be a line of %s; rename it"
                .formatted(name.replaceAll("\\R", "\\\\n"), ShardLabels.NAMES_FILE));
      }
    }
  }

  private int[] order(int size) {
    return seed.isPresent()
        ? new BatchPlan(size, size, seed.getAsLong()).order(0)
        : IntStream.range(0, size).toArray();
  }
}
