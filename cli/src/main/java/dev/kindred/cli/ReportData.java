package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.Image;
import dev.kindred.vision.data.Split;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The images that a run's report is about, drawn at random but always the same.
 *
 * @param shown what is drawn: of the source's test part if it has one, else of what was trained on
 * @param bank labelled training images to classify {@code shown} by; null if there are no labels
 */
record ReportData(Dataset<Image> shown, @Nullable Dataset<Image> bank) {
  private static final int SHOWN = 2000;
  private static final long SEED = 0;

  static ReportData of(ImageTraining training) {
    Dataset<Image> trained = training.data();
    Optional<Dataset<Image>> test = test(training);
    Optional<KnnSample> sample = KnnSample.of(trained);
    if (test.isPresent()) {
      return new ReportData(
          Subsets.drawn(test.get(), SHOWN, SEED),
          sample.isPresent() ? Subsets.drawn(trained, KnnSample.BANK, SEED) : null);
    }
    return sample
        .map(rows -> new ReportData(rows.queries(trained), rows.bank(trained)))
        .orElseGet(() -> new ReportData(Subsets.drawn(trained, SHOWN, SEED), null));
  }

  private static Optional<Dataset<Image>> test(ImageTraining training) {
    ImageTrainingOptions options = training.options();
    if (options.split != Split.TRAIN) {
      return Optional.empty();
    }
    try {
      Dataset<Image> test =
          ImageData.open(String.valueOf(options.data), Split.TEST, training.canvas());
      boolean another = !test.description().equals(training.data().description());
      return another ? Optional.of(test) : Optional.empty();
    } catch (KindredException absent) {
      return Optional.empty();
    }
  }
}
