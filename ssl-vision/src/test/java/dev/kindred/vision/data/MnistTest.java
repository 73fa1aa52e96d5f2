package dev.kindred.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.Image;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  @TempDir Path folder;

  @Test
  void readsPlainAndGzippedFilesAlike() throws IOException {
    write("train-images-idx3-ubyte", images(3, 2, 4));
    writeGzipped("train-labels-idx1-ubyte.gz", labels(5, 0, 9));
    writeGzipped("t10k-images-idx3-ubyte.gz", images(1, 2, 4));
    write("t10k-labels-idx1-ubyte", labels(7));
    Dataset<Image> all = Mnist.open(folder, Split.ALL);
    assertThat(all.size()).isEqualTo(4);
    assertThat(all.id(2)).isEqualTo("train/00002");
    assertThat(all.id(3)).isEqualTo("test/00000");
    assertThat(all.label(2)).isEqualTo(9);
    assertThat(all.label(3)).isEqualTo(7);
    assertThat(all.classNames()).hasSize(10).startsWith("0");
    assertThat(all.get(1))
        .isEqualTo(
            new Image(
                2,
                4,
                new byte[] {
                  8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13,
                  14, 15
                }));
    assertThat(all.get(3)).isEqualTo(all.get(0));
    assertThatThrownBy(() -> all.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void countsMoreThanTenClasses() throws IOException {
    write("t10k-images-idx3-ubyte", images(2, 1, 1));
    write("t10k-labels-idx1-ubyte", labels(0, 25));
    assertThat(Mnist.open(folder, Split.TEST).classNames()).hasSize(26);
  }

  @Test
  void refusesMissingFiles() {
    assertRefused(
        folder.resolve("train-images-idx3-ubyte")
            + ": no such file; give the folder that holds the unpacked data set");
  }

  @Test
  void refusesFilesOfAnotherKind() throws IOException {
    write("train-labels-idx1-ubyte", labels(1));
    write("train-images-idx3-ubyte", labels(1, 2, 3, 4, 5, 6, 7, 8));
    assertRefused(
        "must be an idx file of unsigned bytes with 3 dimensions (magic number 00000803),"
            + " starts with 00000801");
    write("train-images-idx3-ubyte", new byte[7]);
    assertRefused("has only 7 bytes");
  }

  @Test
  void refusesFilesOfAWrongLength() throws IOException {
    write("train-labels-idx1-ubyte", labels(1, 2));
    byte[] images = images(2, 2, 2);
    write("train-images-idx3-ubyte", java.util.Arrays.copyOf(images, 23));
    assertRefused("dimensions [2, 2, 2] need 24 bytes, found 23; download it again");
    ByteBuffer.wrap(images).putInt(4, -1).putInt(8, Integer.MAX_VALUE);
    write("train-images-idx3-ubyte", images);
    assertRefused("dimensions [-1, 2147483647, 2] need ");
  }

  @Test
  void refusesAnotherNumberOfLabels() throws IOException {
    write("train-labels-idx1-ubyte", labels(1, 2, 3));
    write("train-images-idx3-ubyte", images(2, 2, 2));
    assertRefused("must have one label for each of the 2 images of train-images-idx3-ubyte, has 3");
  }

  @Test
  void refusesTruncatedGzip() throws IOException {
    writeGzipped("train-images-idx3-ubyte.gz", images(2, 20, 20));
    Path file = folder.resolve("train-images-idx3-ubyte.gz");
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 50));
    assertRefused(file + ": cannot be unpacked, download it again: ");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> Mnist.open(folder, Split.TRAIN))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining(message);
  }

  private static byte[] images(int count, int height, int width) {
    ByteBuffer file = ByteBuffer.allocate(16 + count * height * width);
    file.putInt(0x803).putInt(count).putInt(height).putInt(width);
    for (int i = 0; file.hasRemaining(); i++) {
      file.put((byte) i);
    }
    return file.array();
  }

  private static byte[] labels(int... labels) {
    ByteBuffer file = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      file.put((byte) label);
    }
    return file.array();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private void writeGzipped(String name, byte[] content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(content);
    }
  }
}
