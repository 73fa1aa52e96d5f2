package dev.kindred.data;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files that a pattern names: a path, in which {@code {000..009}} stands for each number of the
 * range, as wide as its first, and {@code *}, {@code ?}, {@code [a-c]}, {@code {a,b}} and {@code
 * **} mean what they mean in a {@link java.nio.file.FileSystem#getPathMatcher glob}. A folder
 * stands for the {@code .tar} files in it.
 */
final class ShardPattern {
  /** How many files ranges may name. */
  static final int MOST = 100_000;

  private static final Pattern RANGE = Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})}");
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");

  private ShardPattern() {}

  /**
   * The files, sorted by their paths, each once.
   *
   * @throws KindredException if there is none, one that is named without a wildcard is missing, or
   *     a folder may not be read
   * @throws IllegalArgumentException if this is no pattern, or names too many files
   */
  static List<Path> files(String pattern) {
    if (Files.isDirectory(Path.of(pattern))) {
      return some(pattern, found(Path.of(pattern), 1, path -> path.toString().endsWith(".tar")));
    }
    if (Files.exists(Path.of(pattern))) { // whatever characters its name has
      return List.of(file(pattern));
    }
    return some(
        pattern,
        ranges(pattern).stream()
            .flatMap(one -> WILD.matcher(one).find() ? found(one) : Stream.of(file(one))));
  }

  private static List<Path> some(String pattern, Stream<Path> files) {
    List<Path> sorted = files.distinct().sorted().toList();
    if (sorted.isEmpty()) {
      throw new KindredException(
          pattern + ": no file is called so; check the path, and that its shards end in .tar");
    }
    return sorted;
  }

  /** A file that is named, so must be there. */
  private static Path file(String name) {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new KindredException(name + ": no such shard; check the path and the range");
    }
    if (!Files.isRegularFile(path)) {
      throw new KindredException(name + ": is no file; give the path of a .tar file");
    }
    return path;
  }

  /** The pattern with the first range written out, and so on. */
  private static List<String> ranges(String pattern) {
    List<String> done = List.of(pattern);
    while (RANGE.matcher(done.get(0)).find()) {
      List<String> next = new ArrayList<>();
      for (String one : done) {
        addRange(one, pattern, next);
      }
      done = next;
    }
    return done;
  }

  private static void addRange(String one, String pattern, List<String> to) {
    Matcher range = RANGE.matcher(one);
    if (!range.find()) {
      throw new IllegalStateException(one);
    }
    int first = Integer.parseInt(range.group(1));
    int last = Integer.parseInt(range.group(2));
    if (last < first || to.size() + (long) last - first >= MOST) {
      throw new IllegalArgumentException(
          "%s: the range %s must go upwards, and name at most %,d shards in all"
              .formatted(pattern, range.group(), MOST));
    }
    String number = "%0" + range.group(1).length() + "d";
    IntStream.rangeClosed(first, last)
        .mapToObj(
            n -> new StringBuilder(one).replace(range.start(), range.end(), number.formatted(n)))
        .forEach(named -> to.add(named.toString()));
  }

  private static Stream<Path> found(String glob) {
    String root = root(glob);
    return found(Path.of(root), depth(glob.substring(root.length())), matcher(glob));
  }

  private static Stream<Path> found(Path root, int depth, PathMatcher matcher) {
    try (Stream<Path> files =
        Files.find(
            root,
            depth,
            (path, attributes) -> attributes.isRegularFile() && matcher.matches(path),
            FileVisitOption.FOLLOW_LINKS)) {
      return files.toList().stream();
    } catch (UncheckedIOException e) {
      throw FileErrors.cannotRead(root, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw FileErrors.cannotRead(root, e);
    }
  }

  private static int depth(String glob) {
    return glob.contains("**")
        ? Integer.MAX_VALUE
        : 1 + (int) glob.chars().filter(c -> c == '/').count();
  }

  /** The folders before the first that has a wildcard. */
  private static String root(String glob) {
    Matcher wild = WILD.matcher(glob);
    return wild.find() ? glob.substring(0, glob.lastIndexOf('/', wild.start()) + 1) : glob;
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s: is no pattern (%s); mend it, such as data/train-*.tar"
              .formatted(glob, e.getDescription()),
          e);
    }
  }
}
