package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.report.MetricLine.Kind;
import dev.kindred.train.RunWarning;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a reader sees it; where there is no Chromium, this is skipped. */
class ReportInBrowserTest {
  private static final int CLASSES = 10;
  private static final int EIGHT_MEGABYTES = 8_000_000;
  private static final List<String> NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** A dot of the map that lies on top of others, and where it is in the window. */
  private static final String A_DOT =
      """
      (() => {
        const plot = document.querySelector('.scatter .plot');
        plot.scrollIntoView({block: 'center'});
        const chart = Chart.getChart(plot.querySelector('canvas'));
        const last = chart.data.datasets.length - 1;
        const dot = chart.getDatasetMeta(last).data[0].getCenterPoint();
        const canvas = chart.canvas.getBoundingClientRect();
        return {x: canvas.left + dot.x, y: canvas.top + dot.y};
      })()
      """;

  private static final String OVERFLOW =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";

  @TempDir static Path folder;
  private static Browser browser;
  private static Path one;
  private static Path several;

  @BeforeAll
  static void open() throws IOException {
    Optional<Path> chromium = Browser.find();
    assumeTrue(
        chromium.isPresent(),
        "no chromium, chromium-browser or google-chrome on the PATH, and no CHROMIUM that is one");
    one = folder.resolve("report.html");
    several = folder.resolve("several.html");
    report().write(one);
    Report.builder("Two runs")
        .runs(List.of(run("cosine", 0.5), run("constant", 0.8)))
        .write(several);
    browser = Browser.start(chromium.get(), folder.resolve("profile"));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void isSmallEnoughToSendAround() throws IOException {
    assertThat(Files.size(one)).isLessThan(EIGHT_MEGABYTES);
    assertThat(Files.size(several)).isLessThan(EIGHT_MEGABYTES);
  }

  @Test
  void loadsNothingButItselfAndComplainsOfNothing() {
    for (Path page : List.of(one, several)) {
      browser.open(page.toUri(), 1280, 800);
      assertThat(browser.requests())
          .isNotEmpty()
          .allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void seesWhatAPageDoesWrong() throws IOException {
    Path wrong = folder.resolve("wrong.html");
    Files.writeString(
        wrong,
        "<img src='https://localhost:9/x.png'><script>console.error('e'); throw new Error();</script>"
            + "<p style='width: 3000px'>wide</p>");
    browser.open(wrong.toUri(), 400, 800);
    assertThat(browser.requests()).anyMatch(url -> url.startsWith("https:"));
    assertThat(browser.complaints()).hasSizeGreaterThan(1);
    assertThat(browser.evaluate(OVERFLOW).asInt()).isPositive();
  }

  @Test
  void fitsADeskAndAPhone() {
    for (Path page : List.of(one, several)) {
      for (int width : new int[] {1280, 400}) {
        browser.open(page.toUri(), width, 800);
        assertThat(browser.evaluate(OVERFLOW).asInt()).as("%s at %d", page, width).isZero();
      }
    }
  }

  @Test
  void showsThePictureUnderTheMouse() {
    browser.open(one.toUri(), 1280, 800);
    assertThat(hovered().path("shown").asBoolean()).isFalse();
    JsonNode dot = browser.evaluate(A_DOT);
    browser.settle();
    browser.moveMouse(dot.path("x").asDouble(), dot.path("y").asDouble());
    assertThat(hovered().path("shown").asBoolean()).isTrue();
    assertThat(hovered().path("picture").asInt()).isPositive();
    assertThat(hovered().path("text").asText()).startsWith("truck").contains(".png");
    browser.moveMouse(1, 1);
    assertThat(hovered().path("shown").asBoolean()).isFalse();
  }

  @Test
  void switchesBetweenLayouts() {
    browser.open(one.toUri(), 1280, 800);
    String before = browser.evaluate(A_DOT).toString();
    assertThat(text(".layout")).startsWith("Principal components");
    browser.evaluate("document.querySelectorAll('.switch button')[1].click()");
    browser.settle();
    assertThat(text(".layout")).startsWith("t-SNE").contains("KL divergence");
    assertThat(browser.evaluate(A_DOT).toString()).isNotEqualTo(before);
    assertThat(text(".switch [aria-pressed=true]")).isEqualTo("t-SNE");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void goesFromPointToPointByKeys() {
    browser.open(one.toUri(), 1280, 800);
    browser.evaluate("document.querySelector('.scatter canvas').focus()");
    browser.press("ArrowRight");
    String first = hovered().path("text").asText();
    browser.press("ArrowRight");
    assertThat(hovered().path("shown").asBoolean()).isTrue();
    assertThat(hovered().path("text").asText()).startsWith("airplane").isNotEqualTo(first);
    browser.press("ArrowDown");
    assertThat(hovered().path("text").asText()).startsWith("automobile");
    browser.press("Escape");
    assertThat(hovered().path("shown").asBoolean()).isFalse();
  }

  private static JsonNode hovered() {
    return browser.evaluate(
        """
        (() => {
          const box = document.querySelector('.hover');
          const image = box.querySelector('img');
          return {
            shown: !box.hidden,
            picture: image === null ? 0 : image.naturalWidth,
            text: box.textContent,
          };
        })()
        """);
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').textContent").asText();
  }

  private static Report.Builder report() {
    Embeddings rows = rows();
    int[] predicted =
        IntStream.range(0, rows.size()).map(i -> i % 7 == 0 ? 3 : i % CLASSES).toArray();
    Thumbnails pictures = ReportInBrowserTest::picture;
    return Report.builder(
            "SimCLR on generated pictures, with a title long enough to wrap on a phone")
        .warnings(List.of(new RunWarning(30, "effective rank 1.2 is below 1.5")))
        .facts(
            Map.of(
                "data",
                "/a/rather/long/path/to/a/folder/of/pictures/that/wraps",
                "encoder",
                "resnet18"))
        .table(
            "Classification",
            "Accuracy.",
            List.of("representation", "kNN", "linear", "after fine-tuning", "of many others"),
            List.of(
                List.of("raw pixels", ".3390 ± .0097", ".41 [.40, .43]", "33.9 %", "0.5"),
                List.of("trained encoder", ".4183 ± .0097", ".61 [.60, .63]", "61.0 %", "0.5")))
        .curves(run("run", 0.5).log())
        .perClass(NAMES, Map.of("kNN", new Random(1).doubles(CLASSES).toArray()))
        .confusions(NAMES, rows.labels(), predicted, rows.ids(), pictures)
        .neighbours(rows, new int[] {0, 21}, 8, pictures)
        .map(rows, pictures, 2000);
  }

  private static RunSummary run(String name, double level) {
    List<MetricLine> log =
        IntStream.rangeClosed(1, 50)
            .mapToObj(
                step ->
                    new MetricLine(
                        Kind.STEP,
                        step,
                        1,
                        Map.of("loss", level + 1.0 / step, "effective_rank", level * step)))
            .toList();
    return new RunSummary(
        name,
        Map.of("schedule", name, "data", "/a/rather/long/path/to/a/folder/of/pictures/that/wraps"),
        log,
        List.of(new RunWarning(3, "loud")),
        Map.of("kNN accuracy", level),
        List.of());
  }

  private static Embeddings rows() {
    Random random = new Random(0);
    float[][] vectors = new float[300][16];
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < vectors[i].length; j++) {
        vectors[i][j] = (float) (random.nextGaussian() + (j == i % CLASSES ? 4 : 0));
      }
    }
    return new Embeddings(
        IntStream.range(0, vectors.length).mapToObj(i -> "folder/%05d.png".formatted(i)).toList(),
        IntStream.range(0, vectors.length).map(i -> i % CLASSES).toArray(),
        NAMES,
        vectors,
        List.of());
  }

  private static byte[] picture(String id) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.getHSBColor(id.hashCode() / 1000f, 0.6f, 0.9f));
    pen.fillOval(4, 4, 24, 24);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
