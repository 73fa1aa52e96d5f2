package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.Classification;
import dev.kindred.evaluation.report.MetricsLog;
import dev.kindred.evaluation.report.Report;
import dev.kindred.evaluation.report.Thumbnails;
import dev.kindred.train.RunFolder;
import dev.kindred.vision.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Writes what a run on images learned into {@code RUN/report.html}. */
final class ImageReport {
  private static final int THUMBNAIL = 64;
  private static final int QUERIES = 12;
  private static final int NEIGHBOURS = 8;
  private static final int MAP_POINTS = 2000;

  private final RunFolder run;
  private final ImageTraining training;

  private final Path file;

  private ImageReport(RunFolder run, ImageTraining training, Path file) {
    this.run = run;
    this.training = training;
    this.file = file;
  }

  /** What was written, and what it says of the classes if there are labels. */
  record Written(Path file, Optional<Comparison> comparison) {}

  /**
   * Writes the report of a run that is finished.
   *
   * @throws dev.kindred.runtime.KindredException if it is not, or something cannot be read
   */
  static Written write(RunFolder run, ImageTraining training) {
    return write(run, training, file(run));
  }

  /** The same to another file; what it says in numbers goes beside it. */
  static Written write(RunFolder run, ImageTraining training, Path file) {
    return new ImageReport(run, training, file).write();
  }

  private Written write() {
    ReportData data = ReportData.of(training);
    try (ImageModel model = ImageModel.load(run.encoder())) {
      Optional<Comparison> comparison =
          Optional.ofNullable(data.bank())
              .map(bank -> Comparison.of(training, model.embedder(), bank, data.shown()));
      Embeddings embeddings = model.embedder().embed(data.shown());
      Report.Builder report =
          Report.builder(title())
              .warnings(MetricsLog.warnings(run.metrics()))
              .facts(RunFacts.of(run, training.options()));
      Thumbnails thumbnails = thumbnails(data.shown());
      comparison.ifPresent(result -> classified(report, result, data, thumbnails));
      report.curves(MetricsLog.read(run.metrics()));
      pictures(report, embeddings, thumbnails);
      ReportCommand.write(report, file);
      return new Written(file, comparison);
    }
  }

  /** Where a run's report is. */
  static Path file(RunFolder run) {
    return run.path().resolve("report.html");
  }

  private String title() {
    return training.options().method + " on " + training.data().description();
  }

  private static void classified(
      Report.Builder report, Comparison result, ReportData data, Thumbnails thumbnails) {
    report.table(
        "Classification",
        "Accuracy on %s, with the margin of 95 %% by the bootstrap; only the classifiers saw labels, the encoder none."
            .formatted(data.shown().description()),
        Comparison.HEADERS,
        result.cells());
    classes(report, result.trained(), thumbnails);
  }

  private static void classes(
      Report.Builder report, Comparison.Row trained, Thumbnails thumbnails) {
    Map<String, double[]> accuracies = new LinkedHashMap<>();
    accuracies.put("kNN", accuracies(trained.knn()));
    accuracies.put("linear", accuracies(trained.linear()));
    report.perClass(names(trained.knn()), accuracies);
    Classification linear = trained.linear();
    report.confusions(
        linear.classNames(), linear.truth(), linear.predicted(), linear.ids(), thumbnails);
  }

  private static List<String> names(Classification result) {
    return result.perClass().stream().map(Classification.ClassAccuracy::name).toList();
  }

  private static double[] accuracies(Classification result) {
    return result.perClass().stream().mapToDouble(Classification.ClassAccuracy::accuracy).toArray();
  }

  private static void pictures(
      Report.Builder report, Embeddings embeddings, Thumbnails thumbnails) {
    if (embeddings.size() > NEIGHBOURS + 1) {
      report.neighbours(embeddings, queries(embeddings.size()), NEIGHBOURS, thumbnails);
    }
    report.map(embeddings, thumbnails, MAP_POINTS);
  }

  private static int[] queries(int rows) {
    int count = Math.min(QUERIES, rows);
    return java.util.stream.IntStream.range(0, count).map(i -> i * (rows / count)).toArray();
  }

  private static Thumbnails thumbnails(Dataset<Image> data) {
    Map<String, Integer> rows = new HashMap<>();
    for (int row = 0; row < data.size(); row++) {
      rows.put(data.id(row), row);
    }
    return id -> png(data.get(rows.getOrDefault(id, 0)));
  }

  private static byte[] png(Image image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image.fit(THUMBNAIL).toBufferedImage(), "png", bytes);
    return bytes.toByteArray();
  }
}
