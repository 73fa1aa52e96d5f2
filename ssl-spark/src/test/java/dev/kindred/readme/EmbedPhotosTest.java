package dev.kindred.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.spark.LocalCluster;
import dev.kindred.spark.TinyModels;
import dev.kindred.vision.ImageEmbedder;
import dev.kindred.vision.data.GeneratedShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program that docs/spark.md shows, and holds the page to it. */
@ExtendWith(LocalCluster.class)
class EmbedPhotosTest {
  private static final Path SOURCE = Path.of("src/test/java/dev/kindred/readme/EmbedPhotos.java");
  private static final Path PAGE = Path.of("../docs/spark.md");

  @TempDir private Path folder;

  @Test
  void theProgramWritesAVectorForEachPhoto() throws IOException {
    Path model = TinyModels.images(folder.resolve("encoder"), 1);
    Path photos = Files.createDirectory(folder.resolve("photos of all"));
    ImageIO.write(
        GeneratedShapes.of(1, 20, 1).get(0).toBufferedImage(),
        "png",
        photos.resolve("1.png").toFile());
    Files.writeString(photos.resolve("2.png"), "<html>");
    Path out = folder.resolve("vectors");

    EmbedPhotos.main(model.toString(), photos.toString(), out.toString());

    List<Row> rows =
        SparkSession.active().read().parquet(out.toString()).orderBy("path").collectAsList();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).isNullAt(1)).isTrue();
    try (ImageEmbedder embedder = ImageEmbedder.load(model)) {
      float[] expected = embedder.embed(photos.resolve("1.png"));
      List<Float> vector = rows.get(0).getList(1);
      assertThat(vector).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat(vector.get(i))
            .isCloseTo(expected[i], org.assertj.core.api.Assertions.within(1e-5f));
      }
    }
  }

  @Test
  void thePageShowsThisCode() throws IOException {
    String source = Files.readString(SOURCE);
    int begin = source.indexOf("// #embed\n") + "// #embed\n".length();
    String shown = source.substring(begin, source.indexOf("  // #end")) + "}\n";

    assertThat(Files.readString(PAGE)).contains("```java\n" + shown + "```");
  }
}
