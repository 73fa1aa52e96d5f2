package dev.kindred.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.report.MetricLine.Kind;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.RunWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 1, 2, 3};
  private static final String PNG_URI = "data:image/png;base64,iVBORw0KGgoBAgM&#x3D;";
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!-- \"'>&{{title}}\u2028";
  private static final Thumbnails PICTURES = id -> PNG;

  @TempDir Path folder;

  @Test
  void writesAFileThatTheBuilderMade() throws IOException {
    Path out = folder.resolve("new/report.html");
    full().write(out);
    assertThat(Files.readString(out)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
  }

  @Test
  void givesTheSameBytesForTheSameContent() {
    assertThat(full().html()).isEqualTo(full().html());
  }

  @Test
  void loadsNothingFromTheNetwork() {
    String html = full().html();
    assertThat(all(html, "(?:src|href|action|data|poster)\\s*=\\s*[\"']?([^\"'>\\s]{0,20})"))
        .filteredOn(target -> !target.startsWith("data:"))
        .filteredOn(target -> target.matches("(?i)(https?|ftp|file|ws|//).*"))
        .isEmpty();
    assertThat(html)
        .contains(
            "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:")
        .doesNotContain(
            "<link rel=\"stylesheet\"", "@import", "url(", "sourceMappingURL", "<script src");
  }

  @Test
  void staysSmall() {
    Embeddings many = embeddings(5000, 32);
    byte[] large = Arrays.copyOf(PNG, 20_000);
    String html =
        Report.builder("large")
            .map(many, id -> large, 2000, Set.of(Projection.PRINCIPAL_COMPONENTS))
            .curves(steps(20_000))
            .html();
    assertThat(html.length()).isLessThan(5_000_000);
    assertThat(html).contains("of the 2000 have a picture.");
  }

  @Test
  void showsOnlyTheSectionsThatWereAdded() {
    assertThat(headings(Report.builder("empty").html())).isEmpty();
    assertThat(body(Report.builder("empty"))).doesNotContain("<dl", "<canvas");
    assertThat(headings(Report.builder("one").curves(steps(3)).html())).containsExactly("Training");
    assertThat(headings(full().html()))
        .containsExactly("Classification", "Training", "Classes", "Nearest neighbours", "Map");
  }

  @Test
  void saysWhyASectionIsEmpty() {
    Report.Builder report =
        Report.builder("nothing")
            .curves(List.of())
            .perClass(List.of(), Map.of())
            .neighbours(embeddings(3, 2), new int[0], 1, PICTURES);
    assertThat(body(report))
        .contains("No metrics were logged", "Nothing was classified", "No query was given")
        .doesNotContain("<canvas", "<img");
  }

  @Test
  void showsFactsAndTablesAsText() {
    String html = full().html();
    assertThat(html)
        .contains("<dt>encoder</dt><dd>resnet18</dd>")
        .contains("<th scope=\"col\" class=\"number\">kNN</th>")
        .contains("<th scope=\"row\">raw pixels</th><td class=\"number\">33.9 %</td>");
  }

  @Test
  void drawsEachMetricOnce() throws IOException {
    List<MetricLine> log = new ArrayList<>(steps(2));
    log.add(new MetricLine(Kind.EPOCH, 2, 1, Map.of("loss", 4.0)));
    log.add(new MetricLine(Kind.EPOCH, 2, 1, Map.of("knn_accuracy", 0.4)));
    List<JsonNode> charts = data(Report.builder("run").curves(log).html());
    assertThat(charts).hasSize(2);
    assertThat(charts.get(0).path("xLabel").asText()).isEqualTo("step");
    assertThat(charts.get(0).path("series").findValuesAsText("name"))
        .containsExactly("by step", "by epoch");
    assertThat(charts.get(1).path("xLabel").asText()).isEqualTo("epoch");
    assertThat(charts.get(1).path("series").get(0).path("points").toString())
        .isEqualTo("[[1.0,0.4]]");
  }

  @Test
  void drawsWhatTellsOfRepresentationsApartAndSaysWhatIsGood() throws IOException {
    Map<String, Double> values =
        Map.of(
            "loss", 5.0,
            "feature_std", 0.9,
            "effective_rank", 20.0,
            "alignment", 0.3,
            "uniformity", -2.0,
            "contrastive_accuracy", 0.8,
            "projection_std", Double.NaN,
            "projection_rank", 9.0);
    Report.Builder report =
        Report.builder("run").curves(List.of(new MetricLine(Kind.STEP, 1, 1, values)));
    assertThat(headings(report.html()))
        .containsExactly("Training", "Representations while training");
    assertThat(data(report.html())).hasSize(8);
    assertThat(all(body(report), "<p class=\"note\">(.*?)</p>").stream().skip(1))
        .hasSize(7)
        .allMatch(note -> note.matches(".*([Cc]ollapse|one point).*"), "says what is bad")
        .anyMatch(note -> note.endsWith("NaN or infinite at 1 of 1 steps, first at step 1."));
  }

  @Test
  void showsWhatTheRunWarnedOfAboveEverythingElse() {
    Report.Builder report =
        full().warnings(List.of(new RunWarning(30, "rank 1.2"), new RunWarning(70, HOSTILE)));
    assertThat(body(report))
        .containsSubsequence(
            "<h1>",
            "Warning at step 30</b> rank 1.2</p>",
            "Warning at step 70</b> &lt;/script&gt;",
            "<dl",
            "<section>")
        .doesNotContain("<script>alert");
    assertThat(body(full())).doesNotContain("Warning");
  }

  @Test
  void takesWhatWasLoggedLastForAStepThatWasRunTwice() throws IOException {
    List<MetricLine> log = List.of(step(1, 5), step(2, 4), step(3, 9), step(2, 4.5), step(3, 3));
    assertThat(
            data(Report.builder("run").curves(log).html()).get(0).at("/series/0/points").toString())
        .isEqualTo("[[1.0,5.0],[2.0,4.5],[3.0,3.0]]");
  }

  @Test
  void showsLossesThatAreNotFinite() throws IOException {
    List<MetricLine> log =
        List.of(step(1, 5), step(2, Double.NaN), step(3, Double.NEGATIVE_INFINITY), step(4, 2));
    String html = Report.builder("run").curves(log).html();
    assertThat(html).contains("NaN or infinite at 2 of 4 steps, first at step 2.");
    assertThat(data(html).get(0).at("/series/0/points").toString())
        .isEqualTo("[[1.0,5.0],[2.0,\"NaN\"],[3.0,\"-Infinity\"],[4.0,2.0]]");
  }

  @Test
  void marksNeighboursOfTheQuerysClassRight() {
    Embeddings bank =
        new Embeddings(
            List.of("query", "right", "wrong"),
            new int[] {0, 0, 1},
            List.of("cat", "dog"),
            new float[][] {{1, 0}, {1, 0.1f}, {0, 1}},
            List.of());
    String html = Report.builder("n").neighbours(bank, new int[] {0}, 2, PICTURES).html();
    assertThat(html)
        .contains("1 of 2 are right.")
        .containsPattern(
            "picture right\">\\s*<img src=\"" + Pattern.quote(PNG_URI) + "\" alt=\"right\"")
        .contains("<b>0.995 <i>✓</i></b> <span>cat</span>")
        .containsPattern(
            "picture wrong\">\\s*<img src=\"" + Pattern.quote(PNG_URI) + "\" alt=\"wrong\"")
        .contains("<b>0.000 <i>✗</i></b> <span>dog</span>");
  }

  @Test
  void marksNothingWithoutLabelsAndShowsIdsWithoutPictures() {
    Embeddings bank =
        new Embeddings(
            List.of("first sentence", "second sentence"),
            new int[] {Dataset.NO_LABEL, Dataset.NO_LABEL},
            List.of(),
            new float[][] {{1, 0}, {1, 0.1f}},
            List.of());
    String html =
        Report.builder("n")
            .neighbours(bank, new int[] {1}, 1, Thumbnails.NONE)
            .map(bank, Thumbnails.NONE, 10)
            .html();
    assertThat(html)
        .contains("<span class=\"id\">first sentence</span>")
        .doesNotContain("✓", "✗", "picture right", "picture wrong", "<img ");
  }

  @Test
  void mapsEveryRowOrASampleOfThem() throws IOException {
    Embeddings rows = embeddings(30, 4);
    assertThat(mapped(rows, 30)).hasSize(30).containsExactlyInAnyOrderElementsOf(rows.ids());
    assertThat(mapped(rows, 7)).hasSize(7).doesNotHaveDuplicates().isSubsetOf(rows.ids());
  }

  @Test
  void mapsByTheProjectionsThatAreAskedFor() throws IOException {
    Embeddings rows = embeddings(30, 4);
    JsonNode both = data(Report.builder("m").map(rows, PICTURES, 30).html()).get(0);
    assertThat(both.path("layouts").findValuesAsText("name")).containsExactly("PCA", "t-SNE");
    assertThat(both.at("/layouts/1/note").asText())
        .contains("Distances between groups mean nothing", "Perplexity 9.67, seed 0, 1000");
    JsonNode one =
        data(Report.builder("m")
                .map(rows, PICTURES, 30, Set.of(Projection.PRINCIPAL_COMPONENTS))
                .html())
            .get(0);
    assertThat(one.path("layouts").findValuesAsText("name")).containsExactly("PCA");
    assertThat(one.at("/series/0/points")).hasSize(1);
    assertThatThrownBy(() -> Report.builder("m").map(rows, PICTURES, 30, Set.of()))
        .hasMessage("projections must be at least one, was none");
  }

  @Test
  void writesTheNumbersOfEverySection() throws IOException {
    Path out = folder.resolve("report.json");
    full().warnings(List.of(new RunWarning(30, "rank"))).writeJson(out);
    JsonNode json = new ObjectMapper().readTree(Files.readString(out));
    assertThat(json.path("sections").findValuesAsText("kind"))
        .containsExactly("table", "curves", "per_class", "neighbours", "map");
    assertThat(json.at("/facts/encoder").asText()).isEqualTo("resnet18");
    assertThat(json.at("/warnings/0/step").asInt()).isEqualTo(30);
    assertThat(json.at("/sections/0/rows/1/cells/0/value").asDouble()).isEqualTo(61.7);
    assertThat(json.at("/sections/1/curves/0/series/0/points/1").toString()).isEqualTo("[2.0,2.5]");
    assertThat(json.at("/sections/2/accuracies/kNN").toString()).isEqualTo("[0.5,0.75]");
    assertThat(json.at("/sections/3/queries/0/neighbours")).hasSize(3);
    assertThat(json.at("/sections/4/tsne/points")).hasSize(40);
    assertThat(json.at("/sections/4/tsne/kl_divergence").isNumber()).isTrue();
    assertThat(json.path("not_finite").asInt()).isZero();
  }

  @Test
  void ordersClassesByTheFirstAccuracyAndLeavesThoseWithoutExamplesLast() throws IOException {
    Map<String, double[]> accuracy = Map.of("kNN", new double[] {0.2, Double.NaN, 0.9});
    String html = Report.builder("c").perClass(List.of("a", "b", "c"), accuracy).html();
    assertThat(data(html).get(0).path("labels").toString()).isEqualTo("[\"c\",\"a\",\"b\"]");
    assertThat(html).contains("<th scope=\"row\">c</th><td class=\"number\">90.0 %</td>");
  }

  @Test
  void drawsTheEndsOfManyClassesAndListsAll() throws IOException {
    List<String> names = IntStream.range(0, 200).mapToObj(i -> "class" + i).toList();
    double[] values = IntStream.range(0, 200).mapToDouble(i -> i / 200.0).toArray();
    String html = Report.builder("c").perClass(names, Map.of("kNN", values)).html();
    assertThat(data(html).get(0).path("labels")).hasSize(40);
    assertThat(names).allSatisfy(name -> assertThat(html).contains(">" + name + "</th>"));
  }

  @Test
  void takesHostileTextAsText() throws IOException {
    Embeddings rows =
        new Embeddings(
            List.of(HOSTILE, HOSTILE + "2"),
            new int[] {0, 1},
            List.of(HOSTILE, "b"),
            new float[][] {{1, 0}, {0, 1}},
            List.of());
    String html =
        Report.builder(HOSTILE)
            .facts(Map.of(HOSTILE, HOSTILE))
            .table(HOSTILE, HOSTILE, List.of(HOSTILE), List.of(List.of(HOSTILE)))
            .curves(List.of(new MetricLine(Kind.STEP, 1, 1, Map.of(HOSTILE, 1.0))))
            .perClass(List.of(HOSTILE), Map.of(HOSTILE, new double[] {1}))
            .neighbours(rows, new int[] {0}, 1, PICTURES)
            .map(rows, PICTURES, 10)
            .html();
    assertThat(html).doesNotContain("<script>alert", "alert(1)</script>", "<!-- ");
    assertThat(all(html, "(<script)[ >]")).hasSize(all(html, "(</script>)").size()).hasSize(5);
    assertThat(data(html).get(2).findValuesAsText("name")).contains(HOSTILE);
  }

  @Test
  void endsNoScriptElementWithinCode() {
    assertThat(Page.script("a = '</SCRIPT>' + \"<!--\";"))
        .isEqualTo("a = '<\\/SCRIPT>' + \"<\\!--\";");
  }

  @Test
  void refusesWhatDoesNotFit() {
    Report.Builder report = Report.builder("r");
    Embeddings rows = embeddings(3, 2);
    assertThatThrownBy(() -> report.neighbours(rows, new int[] {0}, 3, PICTURES))
        .hasMessage("k must be >= 1 and less than the 3 rows, was 3");
    assertThatThrownBy(() -> report.neighbours(rows, new int[] {3}, 1, PICTURES))
        .hasMessage("queries must be rows in [0, 3), but one is 3");
    assertThatThrownBy(() -> report.map(rows, PICTURES, 0))
        .hasMessage("maxPoints must be >= 1, was 0");
    assertThatThrownBy(() -> report.table("t", "", List.of("a"), List.of(List.of("b", "c"))))
        .hasMessage("every row must have 1 cells like the headers, but [b, c] has 2");
    assertThatThrownBy(() -> report.perClass(List.of("a"), Map.of("kNN", new double[] {1.5})))
        .hasMessageContaining("kNN has 1.5");
    assertThatThrownBy(() -> report.map(rows, id -> new byte[] {'G', 'I', 'F'}, 3))
        .hasMessageContaining("its picture must be PNG or JPEG");
  }

  @Test
  void namesTheExampleWhosePictureCannotBeRead() {
    Thumbnails broken =
        id -> {
          throw new IOException("gone");
        };
    assertThatThrownBy(() -> Report.builder("r").map(embeddings(1, 2), broken, 1))
        .isInstanceOf(KindredException.class)
        .hasMessage("row0: its picture cannot be read (gone)");
  }

  private static Report.Builder full() {
    Embeddings rows = embeddings(40, 8);
    return Report.builder("SimCLR on a test")
        .facts(Map.of("encoder", "resnet18"))
        .table(
            "Classification",
            "Accuracy.",
            List.of("", "kNN"),
            List.of(List.of("raw pixels", "33.9 %"), List.of("trained", "61.7 %")))
        .curves(steps(5))
        .perClass(List.of("cat", "dog"), Map.of("kNN", new double[] {0.5, 0.75}))
        .neighbours(rows, new int[] {0, 7}, 3, PICTURES)
        .map(rows, PICTURES, 100);
  }

  private static Embeddings embeddings(int size, int width) {
    Random random = new Random(size);
    float[][] vectors = new float[size][width];
    for (float[] row : vectors) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return new Embeddings(
        IntStream.range(0, size).mapToObj(i -> "row" + i).toList(),
        IntStream.range(0, size).map(i -> i % 2).toArray(),
        List.of("cat", "dog"),
        vectors,
        List.of());
  }

  private static List<MetricLine> steps(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> step(i, 5.0 / i)).toList();
  }

  private static MetricLine step(long step, double loss) {
    return new MetricLine(Kind.STEP, step, 1, Map.of("loss", loss));
  }

  /** What a reader sees: the page without the code at its end. */
  private static String body(Report.Builder report) {
    String html = report.html();
    return html.substring(html.indexOf("<body>"), html.indexOf("<footer>"));
  }

  private static List<String> headings(String html) {
    return all(html, "<h2>(.*?)</h2>");
  }

  private static List<String> mapped(Embeddings rows, int maxPoints) throws IOException {
    JsonNode chart = data(Report.builder("m").map(rows, PICTURES, maxPoints).html()).get(0);
    List<String> ids = new ArrayList<>();
    chart.findValues("ids").forEach(list -> list.forEach(id -> ids.add(id.asText())));
    return ids;
  }

  /** The charts' data, as a browser would read them. */
  private static List<JsonNode> data(String html) throws IOException {
    List<JsonNode> data = new ArrayList<>();
    for (String json : all(html, "(?s)<script type=\"application/json\"[^>]*>(.*?)</script>")) {
      data.add(new ObjectMapper().readTree(json));
    }
    return data;
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult r) -> r.group(1))
        .toList();
  }
}
