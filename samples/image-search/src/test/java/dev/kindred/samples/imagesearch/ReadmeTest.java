package dev.kindred.samples.imagesearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.evaluation.ExactSearch;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.method.SimClr;
import dev.kindred.optim.Schedule;
import dev.kindred.optim.Sgd;
import dev.kindred.train.ConsoleProgress;
import dev.kindred.train.Pretraining;
import dev.kindred.train.TrainedEncoder;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageEmbedder;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.ResNet;
import dev.kindred.vision.data.GeneratedShapes;
import dev.kindred.vision.data.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the README shows, and holds the README to it. */
class ReadmeTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: (\\S+)#(\\w+) -->\n```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;
  private Path photos;

  @BeforeEach
  void paintPhotos() throws IOException {
    photos = Files.createDirectory(folder.resolve("photos"));
    GeneratedShapes shapes = GeneratedShapes.of(24, 32, 1);
    for (int i = 0; i < shapes.size(); i++) {
      Image image = shapes.get(i);
      ImageIO.write(image.toBufferedImage(), "png", photos.resolve(i + ".png").toFile());
    }
  }

  @Test
  void theSnippetsTrainAndSearch() {
    Path run = folder.resolve("run");
    TrainedEncoder encoder = train(photos, run, 1, 8);
    assertThat(encoder.folder()).isEqualTo(run.resolve("encoder"));
    assertThat(use(photos, run, photos.resolve("3.png")).get(0).id()).isEqualTo("3.png");
    try (ImageSearch search = new ImageSearch(run.resolve("encoder"), photos)) {
      assertThat(search.alike(photos.resolve("5.png"), 4))
          .hasSize(4)
          .first()
          .extracting(Neighbour::id)
          .isEqualTo("5.png");
    }
  }

  @Test
  void theReadmeShowsThisCode() throws IOException {
    Matcher snippets = SNIPPET.matcher(Files.readString(ROOT.resolve("README.md")));
    int found = 0;
    while (snippets.find()) {
      String source = Files.readString(ROOT.resolve(snippets.group(1)));
      assertThat(region(source, snippets.group(2))).isEqualTo(snippets.group(3));
      found++;
    }
    assertThat(found).isEqualTo(5);
  }

  private static TrainedEncoder train(Path photos, Path run, int epochs, int batchSize) {
    // #train
    try (ImageFolder images = ImageFolder.open(photos)) {
      TrainedEncoder encoder =
          Pretraining.of(SimClr.defaults())
              .data(images)
              .views(ImageViews.simClr(32))
              .encoder(ResNet.resnet18().width(16).smallImageStem())
              .optimizer(Sgd.momentum(0.9f).weightDecay(5e-4f))
              .schedule(Schedule.cosine(0.12f))
              .epochs(epochs)
              .batchSize(batchSize)
              .seed(0)
              .listener(ConsoleProgress.create())
              .out(run)
              .run();
      // #end
      return encoder;
    }
  }

  private static List<Neighbour> use(Path photos, Path run, Path photo) {
    // #use
    try (ImageEmbedder embedder = ImageEmbedder.load(run.resolve("encoder"));
        ImageFolder images = ImageFolder.open(photos);
        ExactSearch search = new ExactSearch(embedder.embed(images))) {
      List<Neighbour> alike = search.nearest(embedder.embed(photo), 5);
      // #end
      return alike;
    }
  }

  /** The lines between two marks, as the README shows them: not indented, and closed. */
  private static String region(String source, String name) {
    String begin = "// #" + name + "\n";
    int from = source.indexOf(begin) + begin.length();
    String lines = source.substring(from, source.indexOf("// #end", from)).stripTrailing();
    int indent = lines.length() - lines.stripLeading().length();
    return (lines + "\n" + " ".repeat(indent) + "}").stripIndent() + "\n";
  }
}
