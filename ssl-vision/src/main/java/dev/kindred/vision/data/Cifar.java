package dev.kindred.vision.data;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.Image;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * CIFAR-10 and CIFAR-100, 32 x 32 pictures, from their binary versions: files of records of label
 * bytes, then 3072 bytes of planes. The files are mapped into memory, so they take no heap, and
 * must not be changed meanwhile. Ids are such as {@code train/00042}. Safe for use from several
 * threads.
 *
 * <p>A. Krizhevsky, <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Learning Multiple Layers
 * of Features from Tiny Images</a>, 2009.
 */
public final class Cifar implements Dataset<Image> {
  private static final int SIDE = 32;
  private static final int PIXELS = Image.CHANNELS * SIDE * SIDE;

  private final Layout layout;
  private final List<CifarFile> files;
  private final List<String> classNames;
  private final String description;
  private final int size;

  private Cifar(Layout layout, Path folder, Split split) {
    this.layout = layout;
    this.files = layout.files(unpacked(folder, layout), split);
    this.classNames = layout.classNames(unpacked(folder, layout));
    this.description = layout.title + " " + split;
    this.size = files.stream().mapToInt(CifarFile::records).sum();
  }

  /**
   * Opens CIFAR-10: {@code data_batch_1.bin} to {@code data_batch_5.bin}, {@code test_batch.bin},
   * and {@code batches.meta.txt} for the classes' names if it is there, else numbers.
   *
   * @param folder the folder that holds the files, or their {@code cifar-10-batches-bin}
   * @throws KindredException if a file of the split is missing or has a wrong size
   */
  public static Dataset<Image> cifar10(Path folder, Split split) {
    return new Cifar(Layout.CIFAR10, folder, split);
  }

  /**
   * Opens CIFAR-100 with its 100 fine classes: {@code train.bin}, {@code test.bin}, and {@code
   * fine_label_names.txt} for the classes' names if it is there, else numbers.
   *
   * @param folder the folder that holds the files, or their {@code cifar-100-binary}
   * @throws KindredException if a file of the split is missing or has a wrong size
   */
  public static Dataset<Image> cifar100(Path folder, Split split) {
    return new Cifar(Layout.CIFAR100, folder, split);
  }

  /**
   * Opens CIFAR-100 with its 20 coarse classes, named by {@code coarse_label_names.txt}.
   *
   * @throws KindredException if a file of the split is missing or has a wrong size
   */
  public static Dataset<Image> cifar100Coarse(Path folder, Split split) {
    return new Cifar(Layout.CIFAR100_COARSE, folder, split);
  }

  private static Path unpacked(Path folder, Layout layout) {
    Path inner = folder.resolve(layout.innerFolder);
    return Files.isDirectory(inner) ? inner : folder;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Image get(int index) {
    return locate(index, (file, record) -> file.image(record));
  }

  @Override
  public String id(int index) {
    return locate(index, (file, record) -> file.id(record));
  }

  /**
   * {@inheritDoc}
   *
   * @throws KindredException if the file has a label that is no class
   */
  @Override
  public int label(int index) {
    return locate(index, (file, record) -> file.label(record, layout));
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public String description() {
    return description;
  }

  /** Does nothing: the files are unmapped when this set is no longer reachable. */
  @Override
  public void close() {}

  private <T> T locate(int index, RecordReader<T> reader) {
    int record = Objects.checkIndex(index, size);
    int file = 0;
    while (record >= files.get(file).records()) {
      record -= files.get(file++).records();
    }
    return reader.read(files.get(file), record);
  }

  private interface RecordReader<T> {
    T read(CifarFile file, int record);
  }

  /** One mapped file, whose first record is the split's number {@code first}. */
  private record CifarFile(
      Path path, ByteBuffer data, Split split, int first, int records, int labelBytes) {
    Image image(int record) {
      return new Image(SIDE, SIDE, FixedRecords.copy(data, start(record) + labelBytes, PIXELS));
    }

    String id(int record) {
      return "%s/%05d".formatted(split, first + record);
    }

    int label(int record, Layout layout) {
      int label = data.get(start(record) + layout.labelAt) & 0xFF;
      if (label >= layout.classes) {
        throw new KindredException(
            "%s: record %d has label %d, labels must be below %d; the file is damaged or not %s"
                .formatted(path, record, label, layout.classes, layout.title));
      }
      return label;
    }

    private int start(int record) {
      return record * (labelBytes + PIXELS);
    }
  }

  /** How the files of one version are laid out. */
  private enum Layout {
    CIFAR10("cifar10", "cifar-10-batches-bin", 1, 0, 10, 10_000, "batches.meta.txt"),
    CIFAR100("cifar100", "cifar-100-binary", 2, 1, 100, 50_000, "fine_label_names.txt"),
    CIFAR100_COARSE(
        "cifar100 coarse", "cifar-100-binary", 2, 0, 20, 50_000, "coarse_label_names.txt");

    final String title;
    final String innerFolder;
    final int labelBytes;
    final int labelAt;
    final int classes;
    final int trainRecords;
    final String namesFile;

    Layout(
        String title,
        String innerFolder,
        int labelBytes,
        int labelAt,
        int classes,
        int trainRecords,
        String namesFile) {
      this.title = title;
      this.innerFolder = innerFolder;
      this.labelBytes = labelBytes;
      this.labelAt = labelAt;
      this.classes = classes;
      this.trainRecords = trainRecords;
      this.namesFile = namesFile;
    }

    List<CifarFile> files(Path folder, Split split) {
      List<CifarFile> files = new ArrayList<>();
      if (split.takes(Split.TRAIN)) {
        for (String name : trainFiles()) {
          int first = files.size() * trainRecords;
          files.add(open(folder.resolve(name), Split.TRAIN, first, trainRecords));
        }
      }
      if (split.takes(Split.TEST)) {
        files.add(open(folder.resolve(testFile()), Split.TEST, 0, 10_000));
      }
      return List.copyOf(files);
    }

    private List<String> trainFiles() {
      return this == CIFAR10
          ? IntStream.rangeClosed(1, 5).mapToObj("data_batch_%d.bin"::formatted).toList()
          : List.of("train.bin");
    }

    private String testFile() {
      return this == CIFAR10 ? "test_batch.bin" : "test.bin";
    }

    private CifarFile open(Path path, Split split, int first, int records) {
      ByteBuffer data = FixedRecords.map(path);
      int expected = records * (labelBytes + PIXELS);
      if (data.capacity() != expected) {
        throw new KindredException(
            "%s: %s needs %,d bytes here, found %,d; download it again (the binary version)"
                .formatted(path, title, expected, data.capacity()));
      }
      return new CifarFile(path, data, split, first, records, labelBytes);
    }

    List<String> classNames(Path folder) {
      return ClassNames.read(folder.resolve(namesFile), classes);
    }
  }
}
