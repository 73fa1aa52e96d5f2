package dev.kindred.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.Image;
import dev.kindred.vision.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final byte[] PNG = Pictures.file(Pictures.photo(6, 4), "png");

  @TempDir Path folder;

  @Test
  void listsPicturesAtAnyDepthInTheOrderOfTheirIds() throws IOException {
    write("b/deep/er/2.PNG", "b/1.jpeg", "a.Jpg", "c.webp", "z.bmp", "Z.gif");
    write("notes.txt", "jpg", ".hidden.png", ".thumbnails/1.png", "b/._1.jpeg");
    ImageFolder images = ImageFolder.open(folder);
    assertThat(ids(images))
        .containsExactly("Z.gif", "a.Jpg", "b/1.jpeg", "b/deep/er/2.PNG", "c.webp", "z.bmp");
    assertThat(images.get(3)).hasToString("Image[6 x 4]");
    assertThat(images.description()).isEqualTo("folder " + folder);
  }

  @Test
  void takesFirstLevelFoldersForClasses() throws IOException {
    write("dog/1.png", "cat/x/2.png", "cat/y/1.png", "eel/1.png");
    ImageFolder images = ImageFolder.open(folder);
    assertThat(images.classNames()).containsExactly("cat", "dog", "eel");
    assertThat(labels(images)).containsExactly(0, 0, 1, 2);
  }

  @Test
  void labelsNothingIfAPictureLiesInNoFolder() throws IOException {
    write("dog/1.png", "cat/1.png", "1.png");
    assertUnlabelled(ImageFolder.open(folder));
  }

  @Test
  void labelsNothingIfThereIsOneFolder() throws IOException {
    write("all/cat/1.png", "all/dog/1.png");
    assertUnlabelled(ImageFolder.open(folder));
  }

  @Test
  void emptyFoldersAreNoClasses() throws IOException {
    write("dog/1.png", "cat/1.png", "readme/a.txt");
    assertThat(ImageFolder.open(folder).classNames()).containsExactly("cat", "dog");
  }

  @Test
  void followsLinksAndLeavesLoopsOut() throws IOException {
    write("real/1.png");
    Files.createSymbolicLink(folder.resolve("real/loop"), folder);
    Files.createSymbolicLink(folder.resolve("real/self"), folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("file.png"), folder.resolve("real/1.png"));
    assertThat(ids(ImageFolder.open(folder)))
        .containsExactly("file.png", "link/1.png", "real/1.png");
  }

  @Test
  void opensAFolderThatIsALinkOrHidden() throws IOException {
    write(".cache/1.png");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve(".cache"));
    assertThat(ids(ImageFolder.open(link))).containsExactly("1.png");
    assertThat(ids(ImageFolder.open(folder.resolve(".cache")))).containsExactly("1.png");
  }

  @Test
  void namesWhatIsWrongWithAFileWhenItIsRead() throws IOException {
    Files.write(folder.resolve("1.png"), PNG);
    Files.writeString(folder.resolve("2.jpg"), "<html><body>");
    Files.write(folder.resolve("3.jpg"), new byte[0]);
    Files.createSymbolicLink(folder.resolve("4.jpg"), folder.resolve("gone.jpg"));
    Files.write(folder.resolve("5.png"), Pictures.hugePng(30_000, 30_000));
    ImageFolder images = ImageFolder.open(folder);
    assertThat(images.get(0)).hasToString("Image[6 x 4]");
    assertCorrupt(images, 1, "2.jpg: not an image (starts with \"<html><body>\")");
    assertCorrupt(images, 2, "3.jpg: empty file");
    assertCorrupt(images, 3, "4.jpg: no such file, or a link to none");
    assertCorrupt(images, 4, "5.png: 30000 x 30000 pixels is over the limit of 67,108,864");
  }

  @Test
  void namesUnreadableFilesAndLeavesUnreadableFoldersOut() throws IOException {
    write("1.png", "locked/1.png", "2.png");
    Path unreadable = folder.resolve("1.png");
    Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(unreadable)).as("this user may read everything").isFalse();
    Path locked = folder.resolve("locked");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    ImageFolder images = ImageFolder.open(folder);
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    assertThat(ids(images)).containsExactly("1.png", "2.png");
    assertCorrupt(images, 0, "1.png: may not be read; check its permissions");
  }

  @Test
  void shrinksAndLimitsAsAsked() throws IOException {
    Files.write(folder.resolve("1.png"), PNG);
    ImageFolder images = ImageFolder.open(folder);
    assertThat(images.decodeTo(3).get(0)).hasToString("Image[3 x 2]");
    assertThat(images.decodeTo(3).maxPixels(24).get(0)).hasToString("Image[3 x 2]");
    assertCorrupt(images.maxPixels(23), 0, "1.png: 6 x 4 pixels is over the limit of 23");
    assertThatThrownBy(() -> images.decodeTo(0)).hasMessage("maxSide must be >= 1, was 0");
  }

  @Test
  void refusesFoldersWithoutPictures() throws IOException {
    write("a/notes.txt");
    assertThatThrownBy(() -> ImageFolder.open(folder))
        .isInstanceOf(KindredException.class)
        .hasMessage(
            folder
                + ": holds no image; files must be called .jpg, .jpeg, .png, .bmp, .gif or .webp:"
                + " give another folder or convert the files");
  }

  @Test
  void refusesWhatIsNoFolder() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> ImageFolder.open(missing))
        .isInstanceOf(KindredException.class)
        .hasMessage(missing + ": no such folder; check the path");
    write("1.png");
    assertThatThrownBy(() -> ImageFolder.open(folder.resolve("1.png")))
        .isInstanceOf(KindredException.class)
        .hasMessageEndingWith(
            "1.png: is a file where a folder of images is needed; give the folder that holds it");
  }

  @Test
  void refusesIndicesOutOfRange() throws IOException {
    write("1.png");
    ImageFolder images = ImageFolder.open(folder);
    assertThatThrownBy(() -> images.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.label(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void readsTheSameFromSeveralThreads() throws IOException {
    String[] formats = {"jpeg", "png", "gif", "bmp"};
    for (int i = 0; i < 40; i++) {
      String format = formats[i % formats.length];
      byte[] file = Pictures.file(Pictures.photo(10 + i, 20), format);
      Files.write(folder.resolve("%02d.%s".formatted(i, format)), file);
    }
    ImageFolder images = ImageFolder.open(folder);
    List<Image> one = IntStream.range(0, 40).mapToObj(images::get).toList();
    List<Image> several =
        IntStream.range(0, 400).parallel().mapToObj(i -> images.get(i % 40)).toList();
    for (int i = 0; i < several.size(); i++) {
      assertThat(several.get(i)).isEqualTo(one.get(i % 40));
    }
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, PNG);
    }
  }

  private static List<String> ids(Dataset<Image> images) {
    return IntStream.range(0, images.size()).mapToObj(images::id).toList();
  }

  private static int[] labels(Dataset<Image> images) {
    return IntStream.range(0, images.size()).map(images::label).toArray();
  }

  private static void assertUnlabelled(Dataset<Image> images) {
    assertThat(images.classNames()).isEmpty();
    assertThat(labels(images)).containsOnly(Dataset.NO_LABEL);
  }

  private static void assertCorrupt(Dataset<Image> images, int index, String message) {
    assertThatThrownBy(() -> images.get(index))
        .isInstanceOf(CorruptExampleException.class)
        .hasMessage(message);
  }
}
