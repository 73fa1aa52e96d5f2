package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.Image;
import dev.kindred.vision.data.Split;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The images that a run's report is about, drawn at random but always the same.
 *
 * @param shown what is drawn: of the source's test part if it has one, else of what was trained on
 * @param bank labelled training images to classify {@code shown} by; null if there are no labels
 */
record ReportData(Dataset<Image> shown, @Nullable Dataset<Image> bank) {
  private static final int SHOWN = 2000;

  static ReportData of(ImageTraining training) {
    Dataset<Image> trained = training.data();
    Optional<Dataset<Image>> test = test(training);
    Optional<KnnSample> sample = KnnSample.of(trained);
    if (test.isPresent()) {
      return new ReportData(
          some(test.get(), SHOWN), sample.isPresent() ? some(trained, KnnSample.BANK) : null);
    }
    return sample
        .map(rows -> new ReportData(rows.queries(trained), rows.bank(trained)))
        .orElseGet(() -> new ReportData(some(trained, SHOWN), null));
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

  private static Dataset<Image> some(Dataset<Image> data, int count) {
    if (data.size() <= count) {
      return data;
    }
    int[] rows = new Random(0).ints(0, data.size()).distinct().limit(count).sorted().toArray();
    return data.subset(rows);
  }
}
