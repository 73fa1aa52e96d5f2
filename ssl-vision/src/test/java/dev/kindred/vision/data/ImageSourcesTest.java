package dev.kindred.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.Image;
import dev.kindred.vision.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourcesTest {
  private static final byte[] PNG = Pictures.file(Pictures.photo(3, 3), "png");

  @TempDir Path folder;

  @Test
  void aFolderWithoutSplitsIsTheSameForEach() throws IOException {
    write("cat/1.png", "train/2.png");
    for (Split split : Split.values()) {
      assertThat(ids(open(split))).containsExactly("cat/1.png", "train/2.png");
    }
  }

  @Test
  void aFolderWithSplitsGivesTheOneAskedFor() throws IOException {
    write("train/cat/1.png", "train/eel/1.png", "test/dog/2.png", "test/eel/3.png", "val/x/4.png");
    assertThat(ids(open(Split.TRAIN))).containsExactly("train/cat/1.png", "train/eel/1.png");
    assertThat(ids(open(Split.TEST))).containsExactly("test/dog/2.png", "test/eel/3.png");
    assertThat(ids(open(Split.ALL))).hasSize(4).startsWith("train/cat/1.png");
    assertThat(open(Split.TEST).get(0)).hasToString("Image[3 x 3]");
    assertThat(open(Split.TEST).description()).isEqualTo("folder " + folder + " test");
  }

  @Test
  void splitsShareTheNumbersOfTheirClasses() throws IOException {
    write("train/cat/1.png", "train/eel/1.png", "val/dog/2.png", "val/eel/3.png");
    assertThat(open(Split.TRAIN).classNames()).containsExactly("cat", "dog", "eel");
    assertThat(open(Split.TEST).classNames()).containsExactly("cat", "dog", "eel");
    assertThat(labels(open(Split.TRAIN))).containsExactly(0, 2);
    assertThat(labels(open(Split.TEST))).containsExactly(1, 2);
    assertThat(labels(open(Split.ALL))).containsExactly(0, 2, 1, 2);
  }

  @Test
  void aSplitWithoutClassFoldersIsUnlabelled() throws IOException {
    write("train/cat/1.png", "train/eel/1.png", "test/1.png");
    assertThat(labels(open(Split.ALL))).containsExactly(0, 1, Dataset.NO_LABEL);
  }

  @Test
  void opensNamedSets() {
    for (String kind : List.of("cifar10", "cifar100", "mnist")) {
      assertThatThrownBy(() -> ImageSources.open(kind + ":" + folder, Split.TEST))
          .as(kind)
          .isInstanceOf(KindredException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("no such file");
    }
  }

  @Test
  void namesTheNearestOfTheKnownKinds() {
    assertThatThrownBy(() -> ImageSources.open("cifar-10:data", Split.TRAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown source \"cifar-10\"; did you mean cifar10? known: cifar10, cifar100, mnist, shapes, tar,"
                + " or a folder of images");
  }

  @Test
  void aFolderMayHaveAColonInItsName() throws IOException {
    write("tour:2019/1.png");
    assertThat(ImageSources.open(folder + "/tour:2019", Split.TRAIN).size()).isOne();
  }

  private Dataset<Image> open(Split split) {
    return ImageSources.open(folder.toString(), split);
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
}
