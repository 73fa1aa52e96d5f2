package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.evaluation.OnlineKnn;
import dev.kindred.nn.Encoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.GradientClip;
import dev.kindred.optim.Schedule;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.Pretraining;
import dev.kindred.train.RunFolder;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.ImageFolder;
import dev.kindred.vision.data.ImageSources;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A training on images with everything resolved: what {@code pretrain} starts, {@code resume} goes
 * on with and {@code report} looks back on.
 */
final class ImageTraining implements AutoCloseable {
  private static final String COMMAND = "pretrain images";
  private static final int CANVAS_PER_SIZE = 2;
  private static final int LINE = 96;

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
          "--data must be given: a folder of images, or cifar10:DIR");
    }
    options.data = ImageData.absolute(options.data);
    Dataset<Image> data = ImageSources.open(options.data, options.split);
    return of(options, data);
  }

  /** The same of data that is open already, and belongs to this from now on. */
  static ImageTraining of(ImageTrainingOptions options, Dataset<Image> data) {
    settleSizes(options, data);
    options.weights = StartingWeights.settled(options);
    OptimizerChoice optimizer = Catalogues.OPTIMIZERS.get(options.optimizer);
    if (options.lr == null) {
      options.lr =
          optimizer.rateFor(
              (long) options.batchSize * options.accumulate,
              Catalogues.METHODS.get(options.method));
    }
    if (options.perEpoch == null) {
      options.perEpoch = true;
    }
    int canvas = Objects.requireNonNull(options.canvas);
    Dataset<Image> decoded = ImageData.decodedTo(data, canvas);
    ImageTraining training =
        new ImageTraining(options, decoded, ImageData.first(decoded, options.first));
    if (options.knn == null) {
      options.knn = KnnSample.of(training.data).isPresent();
    }
    return training;
  }

  /**
   * The training that a run began with.
   *
   * @throws KindredException if the folder is no run, or not one of {@code pretrain images}
   */
  static ImageTraining of(RunFolder run) {
    if (!Files.isRegularFile(run.config())) {
      throw new KindredException(
          run.path() + ": not a run (no config.json in it); give the folder of a run");
    }
    Map<String, Object> config = Json.read(run.config());
    if (!(config.get("origin") instanceof Map<?, ?> origin)
        || !COMMAND.equals(origin.get("command"))
        || !(origin.get("options") instanceof Map<?, ?> saved)) {
      throw new KindredException(
          "%s: was not started by kindred %s; go on with the program that started it"
              .formatted(run.path(), COMMAND));
    }
    ImageTrainingOptions options = new ImageTrainingOptions();
    Map<String, Object> values = new LinkedHashMap<>();
    saved.forEach((key, value) -> values.put(String.valueOf(key), value));
    OptionMap.fill(options, values, run.config().toString(), null);
    return resolve(options);
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

  /** Everything that is settled, in a few lines of {@code key=value}. */
  String summary() {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (Map.Entry<String, Object> option : OptionMap.of(options).entrySet()) {
      String setting = option.getKey() + "=" + option.getValue();
      boolean wraps = column + setting.length() > LINE;
      text.append(column == 0 ? "" : wraps ? "\n" : "  ").append(setting);
      column = (wraps ? 0 : column) + setting.length() + 2;
    }
    return text.toString();
  }

  /** Everything for the library to begin or go on. */
  Pretraining<Image, Operand<TFloat32>> pretraining() {
    Pretraining<Image, Operand<TFloat32>> pretraining =
        Pretraining.of(Catalogues.METHODS.get(options.method).of(options))
            .data(data)
            .views(views())
            .encoder(encoder())
            .optimizer(Catalogues.OPTIMIZERS.get(options.optimizer).create().apply(options))
            .schedule(schedule())
            .epochs(options.epochs)
            .batchSize(options.batchSize)
            .accumulate(Accumulation.of(options.accumulate))
            .precision(Catalogues.PRECISIONS.get(options.precision))
            .seed(options.seed)
            .strict(options.strict)
            .checkpointEvery(options.checkpointSteps)
            .origin(Map.of("command", COMMAND, "options", OptionMap.of(options)));
    if (options.weights != null) {
      pretraining.startFrom(StartingWeights.of(options.weights, options.partialWeights));
    }
    if (options.chunkSize != null) {
      pretraining.chunkSize(options.chunkSize);
    }
    if (options.clip != null) {
      pretraining.clip(GradientClip.globalNorm(options.clip));
    }
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

  private Schedule schedule() {
    float rate = Objects.requireNonNull(options.lr);
    Schedule schedule =
        switch (options.schedule) {
          case COSINE -> Schedule.cosine(rate);
          case CONSTANT -> Schedule.constant(rate);
          case STEP -> Schedule.step(rate, options.gamma, milestones());
        };
    schedule = schedule.warmup(options.warmupEpochs);
    return Boolean.TRUE.equals(options.perEpoch) ? schedule.perEpoch() : schedule;
  }

  private int[] milestones() {
    List<Integer> epochs = options.milestones;
    return epochs == null
        ? new int[] {Math.max(1, options.epochs * 6 / 10), Math.max(2, options.epochs * 8 / 10)}
        : epochs.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void settleSizes(ImageTrainingOptions options, Dataset<Image> data) {
    boolean folder = data instanceof ImageFolder;
    if (options.imageSize == null && folder) {
      throw new IllegalArgumentException(
          "--image-size must be given for a folder of images, such as 32, 64 or 224");
    }
    int size = options.imageSize == null ? ImageData.nativeSide(data) : options.imageSize;
    options.imageSize = size;
    if (options.canvas == null) {
      options.canvas = folder ? CANVAS_PER_SIZE * size : ImageData.nativeSide(data);
    }
  }
}
