package dev.kindred.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.data.ShardWriter;
import dev.kindred.vision.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarImagesTest {
  @TempDir Path folder;

  @Test
  void picturesOfAFolderAreInShardsAsTheyAre() throws IOException {
    GeneratedShapes shapes = GeneratedShapes.of(30, 24, 1);
    for (int i = 0; i < 30; i++) {
      Path file = folder.resolve("photos/class%d/%02d.png".formatted(i % 3, i));
      Files.createDirectories(file.getParent());
      Files.write(file, shapes.get(i).png());
    }
    Files.writeString(folder.resolve("photos/class0/99.JPG"), "<html>");
    ImageFolder photos = ImageFolder.open(folder.resolve("photos"));
    ShardWriter.inOrder().mostExamples(8).write(folder.resolve("out"), photos, photos, () -> {});

    try (Dataset<Image> images =
        ImageSources.open("tar:" + folder + "/out/shard-*.tar", Split.TRAIN)) {
      assertThat(images.size()).isEqualTo(31);
      assertThat(images.stretches()).containsExactly(0, 8, 16, 24);
      assertThat(images.classNames()).containsExactly("class0", "class1", "class2");
      int broken =
          IntStream.range(0, 31)
              .filter(i -> images.id(i).equals("class0/99"))
              .findFirst()
              .orElseThrow();
      assertThatThrownBy(() -> images.get(broken))
          .isInstanceOf(CorruptExampleException.class)
          .hasMessageStartingWith("class0/99: not an image");
      for (int i = 0; i < 31; i++) {
        assertThat(photos.id(i)).startsWith(images.id(i) + ".");
        assertThat(images.label(i)).isEqualTo(photos.label(i));
        assertThat(((TarImages) images).encoded(i)).isEqualTo(photos.encoded(i));
        if (i != broken) {
          assertThat(images.get(i)).isEqualTo(photos.get(i));
        }
      }
    }
  }

  @Test
  void pixelsAreWrittenAsPngWithoutLoss() {
    GeneratedShapes shapes = GeneratedShapes.of(10, 16, 2);
    ShardWriter.shuffled(5)
        .write(folder.resolve("out"), shapes, ImageSources.encoded(shapes), () -> {});

    try (TarImages images = TarImages.open(folder + "/out")) {
      assertThat(images.extension(0)).isEqualTo("png");
      for (int i = 0; i < 10; i++) {
        int index = i;
        int source =
            IntStream.range(0, 10)
                .filter(s -> shapes.id(s).equals(images.id(index)))
                .findFirst()
                .orElseThrow();
        assertThat(images.get(i)).isEqualTo(shapes.get(source));
        assertThat(images.label(i)).isEqualTo(shapes.label(source));
      }
      assertThat(images.decodeTo(4).get(0).width()).isEqualTo(4);
    }
  }
}
