package dev.kindred.data;

import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The classes that the {@code .cls} entries of shards name or number. */
final class ShardLabels {
  /** The file beside the shards that has the names of the classes, one a line. */
  static final String NAMES_FILE = "classes.txt";

  /** Above which a class is no number, but a name that looks like one. */
  static final int MAX_CLASSES = 1_000_000;

  private final List<String> names;
  private final Map<String, Integer> labels;

  private ShardLabels(List<String> names, Map<String, Integer> labels) {
    this.names = names;
    this.labels = labels;
  }

  /**
   * The classes of all shards together.
   *
   * @throws KindredException as {@link TarShards#open} says
   */
  static ShardLabels of(List<Shard> shards) {
    Set<String> found = new TreeSet<>();
    shards.forEach(shard -> found.addAll(shard.classNames()));
    if (found.isEmpty()) {
      return new ShardLabels(List.of(), Map.of());
    }
    List<String> named = namesBeside(shards);
    if (!named.isEmpty()) {
      return named(shards, named);
    }
    return found.stream().allMatch(ShardLabels::isNumber)
        ? numbered(found)
        : numbersOf(List.copyOf(found));
  }

  List<String> names() {
    return names;
  }

  /** The label of a class as it is in a {@code .cls} entry. */
  int label(String className) {
    return labels.getOrDefault(className, Dataset.NO_LABEL);
  }

  private static ShardLabels numbered(Set<String> found) {
    Map<String, Integer> labels = new HashMap<>();
    found.forEach(number -> labels.put(number, Integer.parseInt(number)));
    int most = labels.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new ShardLabels(
        IntStream.rangeClosed(0, most).mapToObj(String::valueOf).toList(), labels);
  }

  private static ShardLabels numbersOf(List<String> names) {
    return new ShardLabels(
        names,
        IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, i -> i)));
  }

  private static ShardLabels named(List<Shard> shards, List<String> names) {
    Map<String, Integer> labels = new HashMap<>(numbersOf(names).labels);
    for (Shard shard : shards) {
      for (String name : shard.classNames()) {
        if (isNumber(name)) {
          labels.put(name, Integer.parseInt(name));
        }
        if (labels.getOrDefault(name, names.size()) >= names.size()) {
          throw new KindredException(
              "%s: has a class \"%s\", which %s does not name: it has %d; correct that file, or remove it"
                  .formatted(shard.file(), name, beside(shard), names.size()));
        }
      }
    }
    return new ShardLabels(names, labels);
  }

  private static boolean isNumber(String name) {
    return name.matches("\\d{1,7}") && Integer.parseInt(name) < MAX_CLASSES;
  }

  private static List<String> namesBeside(List<Shard> shards) {
    List<Path> files =
        shards.stream().map(ShardLabels::beside).distinct().filter(Files::exists).toList();
    List<List<String>> all = files.stream().map(ShardLabels::read).distinct().toList();
    if (all.size() > 1) {
      throw new KindredException(
          "%s: the files beside these shards name different classes; make them equal, or open the shards apart"
              .formatted(files));
    }
    return all.isEmpty() ? List.of() : all.get(0);
  }

  private static Path beside(Shard shard) {
    return shard.file().resolveSibling(NAMES_FILE);
  }

  private static List<String> read(Path file) {
    try {
      List<String> names =
          Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
      if (names.stream().distinct().count() < names.size()) {
        throw new KindredException(file + ": names a class twice; each needs a name of its own");
      }
      return names;
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }
}
