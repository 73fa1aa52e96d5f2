package dev.kindred.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kindred.data.Dataset;
import dev.kindred.vision.Image;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reads the public sets themselves, where the folder {@code kindred.data} has them. */
class RealDataTest {
  @Test
  void cifar10() {
    Path folder = require("cifar10");
    Dataset<Image> all = ImageSources.open("cifar10:" + folder, Split.ALL);
    assertThat(all.size()).isEqualTo(60_000);
    assertThat(all.classNames()).startsWith("airplane").endsWith("truck");
    assertThat(counts(all)).containsOnly(6000);
    assertThat(all.classNames().get(all.label(0))).isEqualTo("frog");
    assertThat(all.classNames().get(all.label(50_000))).isEqualTo("cat");
  }

  @Test
  void mnist() {
    Path folder = require("mnist");
    Dataset<Image> train = ImageSources.open("mnist:" + folder, Split.TRAIN);
    assertThat(train.size()).isEqualTo(60_000);
    assertThat(IntStream.range(0, 5).map(train::label)).containsExactly(5, 0, 4, 1, 9);
    assertThat(train.get(0)).hasToString("Image[28 x 28]");
    assertThat(ImageSources.open("mnist:" + folder, Split.TEST).size()).isEqualTo(10_000);
  }

  @Test
  void tinyImagenet() {
    Path folder = require("tiny_imagenet_10");
    Dataset<Image> test = ImageSources.open(folder.toString(), Split.TEST);
    assertThat(test.size()).isEqualTo(500);
    assertThat(counts(test)).containsOnly(50);
    IntStream.range(0, 500)
        .parallel()
        .forEach(i -> assertThat(test.get(i)).hasToString("Image[64 x 64]"));
    ImageFolder train = ImageFolder.open(folder.resolve("train"));
    assertThat(train.size()).isEqualTo(5000);
    assertThat(train.classNames()).isEqualTo(test.classNames()).hasSize(10);
  }

  private static Path require(String name) {
    Path folder = Path.of(System.getProperty("kindred.data", "")).resolve(name);
    assumeThat(folder).as("needs %s below the system property kindred.data", name).isDirectory();
    return folder;
  }

  private static int[] counts(Dataset<Image> images) {
    int[] counts = new int[images.classNames().size()];
    IntStream.range(0, images.size()).forEach(i -> counts[images.label(i)]++);
    return counts;
  }
}
