package dev.kindred.vision.data;

import dev.kindred.data.Dataset;
import dev.kindred.vision.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * MNIST and sets in its format (Fashion-MNIST, KMNIST, EMNIST): grey pictures in idx files, gzipped
 * or not; the grey is the same in all three planes. Files that are not gzipped are mapped into
 * memory and take no heap; gzipped ones are unpacked into it (47 MB for all of MNIST). Classes are
 * numbers, ids such as {@code train/00042}. Safe for use from several threads.
 *
 * <p>Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-Based Learning Applied to Document
 * Recognition, 1998.
 */
public final class Mnist implements Dataset<Image> {
  private static final int DIGITS = 10;

  private final List<Part> parts;
  private final List<String> classNames;
  private final String description;
  private final int size;

  private Mnist(List<Part> parts, Split split) {
    this.parts = parts;
    this.classNames =
        ClassNames.numbers(parts.stream().mapToInt(Part::classes).reduce(DIGITS, Math::max));
    this.description = "mnist " + split;
    this.size = parts.stream().mapToInt(part -> part.images.count()).sum();
  }

  /**
   * Opens {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, and the same with
   * {@code t10k} for the test part, each with or without {@code .gz}.
   *
   * @param folder the folder that holds the files
   * @throws dev.kindred.runtime.KindredException if a file of the split is missing, is not idx of
   *     unsigned bytes, has a wrong length, or the counts of pictures and labels differ
   */
  public static Dataset<Image> open(Path folder, Split split) {
    List<Part> parts = new ArrayList<>();
    if (split.takes(Split.TRAIN)) {
      parts.add(Part.open(folder, "train", Split.TRAIN));
    }
    if (split.takes(Split.TEST)) {
      parts.add(Part.open(folder, "t10k", Split.TEST));
    }
    return new Mnist(List.copyOf(parts), split);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Image get(int index) {
    return locate(index, Part::image);
  }

  @Override
  public String id(int index) {
    return locate(index, Part::id);
  }

  @Override
  public int label(int index) {
    return locate(index, Part::label);
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public String description() {
    return description;
  }

  /** Does nothing: what is mapped is unmapped when this set is no longer reachable. */
  @Override
  public void close() {}

  private <T> T locate(int index, RecordReader<T> reader) {
    int record = Objects.checkIndex(index, size);
    Part part = parts.get(0);
    if (record >= part.images.count()) {
      record -= part.images.count();
      part = parts.get(1);
    }
    return reader.read(part, record);
  }

  private interface RecordReader<T> {
    T read(Part part, int record);
  }

  /** The training or the test part. */
  private record Part(Split split, IdxFile images, IdxFile labels) {
    static Part open(Path folder, String prefix, Split split) {
      IdxFile images = IdxFile.open(folder, prefix + "-images-idx3-ubyte", 3);
      IdxFile labels = IdxFile.open(folder, prefix + "-labels-idx1-ubyte", 1);
      labels.requireCount(images);
      return new Part(split, images, labels);
    }

    Image image(int record) {
      byte[] grey = images.record(record);
      byte[] pixels = new byte[Image.CHANNELS * grey.length];
      for (int channel = 0; channel < Image.CHANNELS; channel++) {
        System.arraycopy(grey, 0, pixels, channel * grey.length, grey.length);
      }
      return new Image(images.dimension(1), images.dimension(2), pixels);
    }

    String id(int record) {
      return "%s/%05d".formatted(split, record);
    }

    int label(int record) {
      return labels.record(record)[0] & 0xFF;
    }

    int classes() {
      int classes = 0;
      for (int i = 0; i < labels.count(); i++) {
        classes = Math.max(classes, label(i) + 1);
      }
      return classes;
    }
  }
}
