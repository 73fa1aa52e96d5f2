package dev.kindred.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.Image;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
  @TempDir Path folder;

  @Test
  void readsCifar10AcrossItsFiles() throws IOException {
    cifar10();
    byte[] record = record(1, 7);
    put("data_batch_3.bin", 2, record);
    Dataset<Image> train = Cifar.cifar10(folder, Split.TRAIN);
    assertThat(train.size()).isEqualTo(50_000);
    assertThat(train.id(20_002)).isEqualTo("train/20002");
    assertThat(train.label(20_002)).isEqualTo(7);
    assertThat(train.get(20_002).sample(0, 0, 0)).isEqualTo(record[1] & 0xFF);
    assertThat(train.get(20_002).sample(2, 31, 31)).isEqualTo(record[3072] & 0xFF);
    assertThat(train.get(20_001).pixels()).containsOnly(0);
    assertThat(train.description()).isEqualTo("cifar10 train");
  }

  @Test
  void allIsTrainThenTest() throws IOException {
    cifar10();
    put("test_batch.bin", 9_999, record(1, 4));
    Dataset<Image> all = Cifar.cifar10(folder, Split.ALL);
    assertThat(all.size()).isEqualTo(60_000);
    assertThat(all.id(49_999)).isEqualTo("train/49999");
    assertThat(all.id(50_000)).isEqualTo("test/00000");
    assertThat(all.label(59_999)).isEqualTo(4);
    assertThatThrownBy(() -> all.get(60_000)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> all.id(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void readsFineAndCoarseClassesOfCifar100() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("cifar-100-binary"));
    blank(inner.resolve("test.bin"), 10_000 * 3074);
    byte[] record = record(2, 19);
    record[1] = 99;
    put("cifar-100-binary/test.bin", 5, record);
    Dataset<Image> fine = Cifar.cifar100(folder, Split.TEST);
    assertThat(fine.label(5)).isEqualTo(99);
    assertThat(fine.classNames()).hasSize(100).endsWith("99");
    assertThat(fine.get(5).sample(0, 0, 0)).isEqualTo(record[2] & 0xFF);
    Dataset<Image> coarse = Cifar.cifar100Coarse(folder, Split.TEST);
    assertThat(coarse.label(5)).isEqualTo(19);
    assertThat(coarse.classNames()).hasSize(20);
  }

  @Test
  void namesClassesIfTheirNamesAreThere() throws IOException {
    cifar10();
    assertThat(Cifar.cifar10(folder, Split.TEST).classNames()).startsWith("0", "1").hasSize(10);
    Path names = folder.resolve("batches.meta.txt");
    Files.writeString(names, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    assertThat(Cifar.cifar10(folder, Split.TEST).classNames()).endsWith("i", "j").hasSize(10);
    Files.writeString(names, "a\nb\n");
    assertThatThrownBy(() -> Cifar.cifar10(folder, Split.TEST))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(names + ": needs 10 names, one a line, found 2");
  }

  @Test
  void refusesFilesThatAreMissingOrOfAWrongSize() throws IOException {
    assertThatThrownBy(() -> Cifar.cifar10(folder, Split.TEST))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            folder.resolve("test_batch.bin")
                + ": no such file; give the folder that holds the unpacked data set");
    blank(folder.resolve("test_batch.bin"), 1000);
    assertThatThrownBy(() -> Cifar.cifar10(folder, Split.TEST))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            folder.resolve("test_batch.bin")
                + ": cifar10 needs 30,730,000 bytes here, found 1,000;"
                + " download it again (the binary version)");
  }

  @Test
  void refusesLabelsThatAreNoClass() throws IOException {
    cifar10();
    put("test_batch.bin", 3, record(1, 10));
    Dataset<Image> test = Cifar.cifar10(folder, Split.TEST);
    assertThat(test.label(2)).isZero();
    assertThatThrownBy(() -> test.label(3))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("test_batch.bin: record 3 has label 10, labels must be below 10");
  }

  @Test
  void readsTheSameFromSeveralThreads() throws IOException {
    cifar10();
    for (int i = 0; i < 10; i++) {
      put("test_batch.bin", i, record(1, i));
    }
    Dataset<Image> test = Cifar.cifar10(folder, Split.TEST);
    assertThat(IntStream.range(0, 1000).parallel().map(i -> test.get(i % 10).sample(1, 0, 0)).sum())
        .isEqualTo(100 * IntStream.range(0, 10).map(i -> test.get(i).sample(1, 0, 0)).sum());
  }

  private void cifar10() throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      blank(folder.resolve("data_batch_%d.bin".formatted(batch)), 30_730_000);
    }
    blank(folder.resolve("test_batch.bin"), 30_730_000);
  }

  /** A file of zeros that takes no room on disk. */
  private static void blank(Path file, long size) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(size);
    }
  }

  private void put(String file, long index, byte[] record) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
      out.seek(index * record.length);
      out.write(record);
    }
  }

  private static byte[] record(int labelBytes, int label) {
    byte[] record = new byte[labelBytes + 3072];
    new java.util.Random(label).nextBytes(record);
    record[0] = (byte) label;
    return record;
  }
}
