package dev.kindred.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path dir;

  @Test
  void writesTheContentAndLeavesNoTemporary() throws IOException {
    WholeFile.write(dir.resolve("a.txt"), out -> out.write("hello".getBytes(UTF_8)));
    assertThat(dir.resolve("a.txt")).hasContent("hello");
    assertThat(names(dir)).containsExactly("a.txt");
  }

  @Test
  void doesNotShowTheFileBeforeItIsComplete() {
    Path file = dir.resolve("a.txt");
    WholeFile.write(
        file,
        out -> {
          out.write(new byte[1 << 20]);
          out.flush();
          assertThat(file).doesNotExist();
        });
    assertThat(file).hasSize(1 << 20);
  }

  @Test
  void makesMissingParents() {
    Path file = dir.resolve("x/y/a.txt");
    WholeFile.write(file, out -> out.write(1));
    assertThat(file).exists();
  }

  @Test
  void replacesAnOlderFile() {
    Path file = dir.resolve("a.txt");
    WholeFile.write(file, out -> out.write("old and longer".getBytes(UTF_8)));
    WholeFile.write(file, out -> out.write("new".getBytes(UTF_8)));
    assertThat(file).hasContent("new");
  }

  @Test
  void keepsTheOlderFileWhenTheContentFails() throws IOException {
    Path file = dir.resolve("a.txt");
    WholeFile.write(file, out -> out.write("old".getBytes(UTF_8)));
    IoConsumer<OutputStream> failing =
        out -> {
          out.write(new byte[1 << 20]);
          throw new IOException("No space left on device");
        };
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> WholeFile.write(file, failing))
        .withMessage(
            file + ": no space left where it is written; free some, or choose another folder")
        .withCauseInstanceOf(IOException.class);
    assertThat(file).hasContent("old");
    assertThat(names(dir)).containsExactly("a.txt");
  }

  @Test
  void leavesNothingOnADiskThatFillsUp() throws IOException {
    Configuration small = Configuration.unix().toBuilder().setMaxSize(1 << 20).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path folder = Files.createDirectory(disk.getPath("/out"));
      Path file = folder.resolve("a.bin");
      assertThatThrownBy(() -> WholeFile.write(file, out -> out.write(new byte[2 << 20])))
          .isInstanceOf(KindredException.class)
          .hasMessageStartingWith("/out/a.bin: no space left");
      assertThat(names(folder)).isEmpty();
    }
  }

  @Test
  void filesThatBelongTogetherAppearTogetherOrNotAtAll() throws IOException {
    Map<Path, IoConsumer<OutputStream>> contents = new LinkedHashMap<>();
    contents.put(dir.resolve("a.txt"), out -> out.write(1));
    contents.put(
        dir.resolve("b.txt"),
        out -> {
          throw new FileSystemException("b.txt", null, "Disk quota exceeded");
        });
    assertThatThrownBy(() -> WholeFile.writeAll(contents))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(dir.resolve("b.txt") + ": no space left");
    assertThat(names(dir)).isEmpty();
  }

  @Test
  void passesOnWhatTheContentThrowsAndCleansUp() throws IOException {
    IllegalStateException failure = new IllegalStateException("mine");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    dir.resolve("a.txt"),
                    out -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(names(dir)).isEmpty();
  }

  @Test
  void namesTheFileForUncheckedInputOutputErrors() {
    Path file = dir.resolve("a.txt");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      throw new UncheckedIOException(new IOException("torn cable\nsecond line"));
                    }))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            file
                + ": cannot be written (IOException: torn cable);"
                + " mend that, or choose another folder");
  }

  @Test
  void refusesAFolderInTheFilesPlace() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("a.txt"));
    assertThatThrownBy(() -> WholeFile.write(folder, out -> out.write(1)))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("is a folder");
    assertThat(names(dir)).containsExactly("a.txt");
  }

  @Test
  void aDeviceIsNotReplacedByAFile() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "there is no such device here");

    assertThatThrownBy(() -> WholeFile.write(device, out -> out.write(1)))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(device + ": cannot be written (FileSystemException: is a device");
    assertThat(Files.isRegularFile(device)).isFalse();
  }

  @Test
  void aPathWithTheWordSpaceIsNotAFullDisk() throws IOException {
    Path blocked = Files.createFile(dir.resolve("no space left"));
    assertThatThrownBy(() -> WholeFile.write(blocked.resolve("a.txt"), out -> out.write(1)))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            blocked.resolve("a.txt")
                + ": cannot be written, for a file is where its folder should be; choose another"
                + " folder");
  }

  @Test
  void writesAFolderAndReplacesIt() throws IOException {
    Path folder = dir.resolve("model");
    WholeFile.folder(folder, tmp -> Files.writeString(tmp.resolve("old.txt"), "old"));
    WholeFile.folder(
        folder,
        tmp -> {
          Files.createDirectories(tmp.resolve("variables"));
          Files.writeString(tmp.resolve("variables/new.txt"), "new");
          assertThat(folder.resolve("old.txt")).exists();
        });
    assertThat(names(folder)).containsExactly("variables");
    assertThat(folder.resolve("variables/new.txt")).hasContent("new");
    assertThat(names(dir)).containsExactly("model");
  }

  @Test
  void aFailedFolderLeavesTheOlderOne() throws IOException {
    Path folder = dir.resolve("model");
    WholeFile.folder(folder, tmp -> Files.writeString(tmp.resolve("old.txt"), "old"));
    assertThatThrownBy(
            () ->
                WholeFile.folder(
                    folder,
                    tmp -> {
                      Files.writeString(tmp.resolve("new.txt"), "new");
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith(folder + ": no space left");
    assertThat(names(folder)).containsExactly("old.txt");
    assertThat(names(dir)).containsExactly("model");
  }

  @Test
  void aFileOfAFolderIsNamedByItsOwnPlace() throws IOException {
    Path folder = dir.resolve("folder");
    assertThatThrownBy(
            () ->
                WholeFile.folder(
                    folder,
                    temporary ->
                        WholeFile.write(
                            temporary.resolve("a.txt"),
                            out -> {
                              throw new IOException("No space left on device");
                            })))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            folder.resolve("a.txt")
                + ": no space left where it is written; free some, or choose another folder");
    assertThat(names(dir)).isEmpty();
  }

  @Test
  void refusesAFileInTheFoldersPlace() throws IOException {
    Path file = Files.writeString(dir.resolve("model"), "mine");
    assertThatThrownBy(() -> WholeFile.folder(file, tmp -> {}))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("is a file, not a folder");
    assertThat(file).hasContent("mine");
  }

  @Test
  void ofManyWritersOneWinsWhole() throws Exception {
    Path file = dir.resolve("a.bin");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<? extends Future<?>> writes =
        IntStream.range(0, 16)
            .mapToObj(i -> pool.submit(() -> WholeFile.write(file, out -> out.write(filled(i)))))
            .toList();
    for (Future<?> write : writes) {
      write.get();
    }
    pool.shutdown();
    byte[] content = Files.readAllBytes(file);
    assertThat(content).isEqualTo(filled(content[0]));
    assertThat(names(dir)).containsExactly("a.bin");
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[200_000];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
