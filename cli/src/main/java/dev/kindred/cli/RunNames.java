package dev.kindred.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What runs are called where there are several. */
final class RunNames {
  private RunNames() {}

  /**
   * The names of the folders; with the folder around it where two are called alike, and with a
   * number where even that does not tell them apart.
   */
  static List<String> of(List<Path> runs) {
    List<Path> paths = runs.stream().map(run -> run.toAbsolutePath().normalize()).toList();
    List<String> folders = paths.stream().map(path -> last(path, 1)).toList();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      boolean alone = Collections.frequency(folders, folders.get(i)) == 1;
      names.add(numbered(alone ? folders.get(i) : last(paths.get(i), 2), names));
    }
    return names;
  }

  private static String numbered(String name, List<String> taken) {
    String numbered = name;
    for (int number = 2; taken.contains(numbered); number++) {
      numbered = "%s (%d)".formatted(name, number);
    }
    return numbered;
  }

  /** The last names of a path, with slashes on every system. */
  private static String last(Path path, int count) {
    int names = path.getNameCount();
    Path end = names == 0 ? path : path.subpath(Math.max(0, names - count), names);
    return end.toString().replace('\\', '/');
  }
}
