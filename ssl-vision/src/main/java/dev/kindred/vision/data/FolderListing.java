package dev.kindred.vision.data;

import dev.kindred.data.Dataset;
import dev.kindred.data.FolderWalk;
import dev.kindred.runtime.KindredException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The pictures of a folder: ids, labels and the names of the classes. */
final class FolderListing {
  static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp");

  private final List<String> ids;
  private final int[] labels;
  private final List<String> classNames;

  private FolderListing(List<String> ids, int[] labels, List<String> classNames) {
    this.ids = ids;
    this.labels = labels;
    this.classNames = classNames;
  }

  static FolderListing of(Path folder) {
    return labelled(folder, imagesBelow(folder), List.of(""));
  }

  /**
   * The pictures below several sub-folders, which share their classes: {@code train/cat/1.jpg} and
   * {@code test/cat/2.jpg} have one label.
   */
  static FolderListing ofParts(Path folder, List<String> parts) {
    List<String> ids = new ArrayList<>();
    for (String part : parts) {
      imagesBelow(folder.resolve(part)).forEach(id -> ids.add(part + "/" + id));
    }
    return labelled(folder, ids, parts.stream().map(part -> part + "/").toList());
  }

  private static List<String> imagesBelow(Path folder) {
    return FolderWalk.ids(folder, "images", EXTENSIONS);
  }

  private static FolderListing labelled(Path folder, List<String> ids, List<String> prefixes) {
    if (ids.isEmpty()) {
      throw noImages(folder);
    }
    Map<String, List<String>> byPart =
        ids.stream().collect(Collectors.groupingBy(id -> prefix(id, prefixes)));
    TreeSet<String> classes = new TreeSet<>();
    byPart.forEach((prefix, members) -> classes.addAll(folders(prefix, members)));
    List<String> names = classes.size() > 1 ? List.copyOf(classes) : List.of();
    Map<String, Integer> numbers =
        IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, i -> i));
    int[] labels = ids.stream().mapToInt(id -> label(id, prefixes, numbers)).toArray();
    return new FolderListing(List.copyOf(ids), labels, names);
  }

  private static int label(String id, List<String> prefixes, Map<String, Integer> numbers) {
    return numbers.getOrDefault(firstFolder(id, prefix(id, prefixes)), Dataset.NO_LABEL);
  }

  /** The first-level folders of a part; none if some picture lies in none. */
  private static List<String> folders(String prefix, List<String> ids) {
    List<String> folders = ids.stream().map(id -> firstFolder(id, prefix)).distinct().toList();
    return folders.contains("") ? List.of() : folders;
  }

  private static String firstFolder(String id, String prefix) {
    int end = id.indexOf('/', prefix.length());
    return end < 0 ? "" : id.substring(prefix.length(), end);
  }

  private static String prefix(String id, List<String> prefixes) {
    return prefixes.stream().filter(id::startsWith).findFirst().orElse("");
  }

  private static KindredException noImages(Path folder) {
    return new KindredException(
        folder
            + ": holds no image; files must be called .jpg, .jpeg, .png, .bmp, .gif or .webp:"
            + " give another folder or convert the files");
  }

  /** The pictures whose ids pass. */
  FolderListing only(Predicate<String> filter) {
    int[] kept = IntStream.range(0, size()).filter(i -> filter.test(id(i))).toArray();
    return new FolderListing(
        IntStream.of(kept).mapToObj(this::id).toList(),
        IntStream.of(kept).map(this::label).toArray(),
        classNames);
  }

  /** What a picture's file ends in, in lower case, without the dot. */
  static String extension(String id) {
    return id.substring(id.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  int size() {
    return ids.size();
  }

  String id(int index) {
    return ids.get(index);
  }

  int label(int index) {
    return labels[index];
  }

  List<String> classNames() {
    return classNames;
  }
}
