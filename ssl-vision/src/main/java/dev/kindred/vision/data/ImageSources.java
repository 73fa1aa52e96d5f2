package dev.kindred.vision.data;

import dev.kindred.data.Dataset;
import dev.kindred.data.Encoded;
import dev.kindred.runtime.Names;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageDecoder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Opens sets of pictures that are named by one string, as on the command line. */
public final class ImageSources {
  private static final Map<String, BiFunction<String, Split, Dataset<Image>>> KINDS =
      new TreeMap<>(
          Map.of(
              "cifar10", (folder, split) -> Cifar.cifar10(Path.of(folder), split),
              "cifar100", (folder, split) -> Cifar.cifar100(Path.of(folder), split),
              "mnist", (folder, split) -> Mnist.open(Path.of(folder), split),
              "shapes", ImageSources::shapes,
              "tar", (pattern, split) -> TarImages.open(pattern)));

  private static final int SHAPES_SIDE = 32;
  private static final int SHAPES_TEST_SHARE = 4;

  // Two letters at least: C:\photos is a folder.
  private static final Pattern PREFIXED = Pattern.compile("([A-Za-z][A-Za-z0-9_-]+):(.*)");

  private static final String TRAIN = "train";
  private static final List<String> TEST = List.of("test", "val");

  private ImageSources() {}

  /**
   * Opens a set.
   *
   * <p>A folder with a sub-folder {@code train} and a sub-folder {@code test} (or {@code val}) has
   * splits: {@code train}, {@code test} (if there is none {@code val}), and for {@code ALL} both;
   * the classes are the folders below these, numbered over both. Every other folder is one set
   * without splits, the same for each {@code split}.
   *
   * @param source {@code cifar10:DIR}, {@code cifar100:DIR}, {@code mnist:DIR}, {@code shapes:N}
   *     for {@link GeneratedShapes} of N training pictures and a quarter of that for testing,
   *     {@code tar:GLOB} for {@link TarImages}, the same for each {@code split}, or a folder of
   *     images as {@link ImageFolder} takes it
   * @throws IllegalArgumentException if {@code source} starts with another prefix, and no such file
   *     exists
   * @throws dev.kindred.runtime.KindredException if the set cannot be opened
   */
  public static Dataset<Image> open(String source, Split split) {
    Matcher prefixed = PREFIXED.matcher(source);
    if (!prefixed.matches()) {
      return folder(Path.of(source), split);
    }
    String kind = prefixed.group(1);
    BiFunction<String, Split, Dataset<Image>> opener = KINDS.get(kind);
    if (opener != null) {
      return opener.apply(prefixed.group(2), split);
    } else if (new File(source).exists()) { // asks without throwing where a colon is not allowed
      return folder(Path.of(source), split);
    }
    throw new IllegalArgumentException(
        Names.unknown("source", kind, KINDS.keySet()) + ", or a folder of images");
  }

  /** The pictures as files: as they are stored if they are {@link ImageFiles}, else as PNG. */
  public static Encoded encoded(Dataset<Image> images) {
    return images instanceof ImageFiles files ? files : new PngImages(images);
  }

  private static ImageFolder folder(Path folder, Split split) {
    List<String> tests = TEST.stream().filter(name -> isFolder(folder, name)).limit(1).toList();
    if (tests.isEmpty() || !isFolder(folder, TRAIN)) {
      return ImageFolder.open(folder);
    }
    List<String> parts = Stream.concat(Stream.of(TRAIN), tests.stream()).toList();
    FolderListing listing =
        FolderListing.ofParts(folder, parts)
            .only(id -> split.takes(id.startsWith(TRAIN + "/") ? Split.TRAIN : Split.TEST));
    return new ImageFolder(
        folder, listing, ImageDecoder.defaults(), "folder " + folder + " " + split);
  }

  private static Dataset<Image> shapes(String count, Split split) {
    int train = count.matches("[1-9]\\d{0,7}") ? Integer.parseInt(count) : 0;
    if (train < SHAPES_TEST_SHARE) {
      throw new IllegalArgumentException(
          "shapes:N needs a whole number from %d to 99999999, was \"%s\""
              .formatted(SHAPES_TEST_SHARE, count));
    }
    int all = train + train / SHAPES_TEST_SHARE;
    int from = split.takes(Split.TRAIN) ? 0 : train;
    int to = split.takes(Split.TEST) ? all : train;
    return GeneratedShapes.of(all, SHAPES_SIDE, 0).subset(IntStream.range(from, to).toArray());
  }

  private static boolean isFolder(Path folder, String name) {
    return Files.isDirectory(folder.resolve(name));
  }
}
