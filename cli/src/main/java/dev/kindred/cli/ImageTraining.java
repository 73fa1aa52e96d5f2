package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.evaluation.OnlineKnn;
import dev.kindred.nn.Encoder;
import dev.kindred.train.Pretraining;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.ImageFiles;
import dev.kindred.vision.data.ImageSources;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A training on images with everything resolved: what {@code pretrain} starts, {@code resume} goes
 * on with and {@code report} looks back on.
 */
final class ImageTraining implements StartedTraining {
  static final String COMMAND = "pretrain images";
  private static final int CANVAS_PER_SIZE = 2;

  private final ImageTrainingOptions options;
  private final Dataset<Image> opened;
  private final Dataset<Image> data;

  private ImageTraining(ImageTrainingOptions options, Dataset<Image> opened, Dataset<Image> data) {
    this.options = options;
    this.opened = opened;
    this.data = data;
  }

  /**
   * Opens the data, and settles in {@code options} what depends on it.
   *
   * @throws IllegalArgumentException if the options contradict each other or the data
   */
  static ImageTraining resolve(ImageTrainingOptions options) {
    if (options.data == null) {
      throw new IllegalArgumentException(
          "--data must be given: a folder of images, tar:GLOB, or cifar10:DIR");
    }
    options.data = ImageData.absolute(options.data);
    Dataset<Image> data = ImageSources.open(options.data, options.split);
    return of(options, data);
  }

  /** The same of data that is open already, and belongs to this from now on. */
  static ImageTraining of(ImageTrainingOptions options, Dataset<Image> data) {
    settleSizes(options, data);
    options.settle();
    options.classes(data.classNames().size());
    options.settleOrder(data);
    int canvas = Objects.requireNonNull(options.canvas);
    Dataset<Image> decoded = ImageData.decodedTo(data, canvas);
    ImageTraining training =
        new ImageTraining(options, decoded, Subsets.first(decoded, options.first));
    if (options.knn == null) {
      options.knn = KnnSample.of(training.data).isPresent();
    }
    return training;
  }

  /** The training that a run began with. */
  static ImageTraining of(RunOrigin origin) {
    return resolve(origin.fill(new ImageTrainingOptions()));
  }

  /** What is trained on; this closes it. */
  Dataset<Image> data() {
    return data;
  }

  ImageTrainingOptions options() {
    return options;
  }

  int canvas() {
    return Objects.requireNonNull(options.canvas);
  }

  ImageViews views() {
    ImageViews views =
        ImageViews.of(options.views, Objects.requireNonNull(options.imageSize)).canvas(canvas());
    return Catalogues.METHODS.get(options.method).views(options, views);
  }

  Encoder<Operand<TFloat32>> encoder() {
    return Catalogues.ENCODERS.get(options.encoder).apply(options);
  }

  @Override
  public Pretraining<Image, Operand<TFloat32>> pretraining() {
    Pretraining<Image, Operand<TFloat32>> pretraining =
        options.configure(
            Pretraining.of(Catalogues.METHODS.get(options.method).of(options))
                .data(data)
                .views(views())
                .encoder(encoder()),
            COMMAND);
    if (Boolean.TRUE.equals(options.knn)) {
      KnnSample sample = knnSample();
      pretraining.evaluateEachEpoch(
          "knn", new OnlineKnn<>(sample.bank(data), sample.queries(data)));
    }
    return pretraining;
  }

  @Override
  public void close() {
    opened.close();
  }

  private KnnSample knnSample() {
    Optional<KnnSample> sample = KnnSample.of(data);
    return sample.orElseThrow(
        () ->
            new IllegalArgumentException(
                "--knn needs labels of two classes or more, but %s has none; leave it out"
                    .formatted(data.description())));
  }

  private static void settleSizes(ImageTrainingOptions options, Dataset<Image> data) {
    boolean files = data instanceof ImageFiles;
    if (options.imageSize == null && files) {
      throw new IllegalArgumentException(
          "--image-size must be given for images of any size, such as 32, 64 or 224");
    }
    int size = options.imageSize == null ? ImageData.nativeSide(data) : options.imageSize;
    options.imageSize = size;
    if (options.canvas == null) {
      options.canvas = files ? CANVAS_PER_SIZE * size : ImageData.nativeSide(data);
    }
  }
}
