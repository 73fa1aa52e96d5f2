package dev.kindred.train;

import dev.kindred.data.Batch;
import dev.kindred.data.BatchPlan;
import dev.kindred.data.BatchSource;
import dev.kindred.data.CorruptExampleException;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.embedding.Weights;
import dev.kindred.embedding.WeightsReport;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Versions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a {@link Pretraining}, from its first step to its saved encoder. */
final class TrainingLoop<E, V> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

  private final Pretraining<E, V> settings;
  private final RunFolder folder;
  private final Checkpoints checkpoints;
  private final BatchPlan plan;
  private final long totalSteps;
  private final TrainingStep<E, V> step;
  private final InferenceModel<E> inference;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Optional<WeightsReport> loaded = Optional.empty();

  TrainingLoop(Pretraining<E, V> settings, RunFolder folder) {
    this.settings = settings;
    this.folder = folder;
    checkpoints = new Checkpoints(folder.checkpoints());
    plan = settings.plan();
    totalSteps = (long) plan.batchesPerEpoch() * settings.epochs;
    requireNegatives();
    requireLabels();
    settings.schedule.at(1, plan.batchesPerEpoch(), totalSteps);
    settings.batches(0); // what contradicts shows before anything is written
    step = new TrainingStep<>(settings.recipe(), settings.views);
    inference = InferenceModel.untrained(settings.views, settings.encoder, settings.seed);
    listeners.add(new MetricsFile());
    listeners.add(new TensorBoardEvents(Clock.systemUTC()));
    listeners.add(new CollapseWatch(this::warn));
    listeners.addAll(settings.listeners);
  }

  /**
   * Gives the encoder the weights that it is to start from, if any.
   *
   * @return what of that belongs to the run's configuration
   */
  Map<String, Object> load() {
    if (settings.start == null) {
      return Map.of();
    }
    WeightsReport report = settings.start.load(inference);
    loaded = Optional.of(report);
    try (Weights weights = inference.weights()) {
      step.start(weights);
      Map<String, Object> started = new LinkedHashMap<>(report.settings());
      started.put("valuesSha256", weights.digest());
      return Map.of(RunFolder.STARTED, started);
    }
  }

  /**
   * The newest whole checkpoint; or the start, from the weights that the run began with, if it was
   * killed before the first.
   */
  Progress restore(Map<String, Object> config) {
    if (checkpoints.newest().isPresent()) {
      return checkpoints.restore(step);
    }
    Object now = Json.plain(load()).get(RunFolder.STARTED);
    if (!Objects.equals(now, config.get(RunFolder.STARTED))) {
      throw new KindredException(
          "%s: the weights that the run began with have changed since; put them back, or start the run again in a new folder"
              .formatted(folder.path()));
    }
    return new Progress();
  }

  TrainedEncoder run(Progress progress, Map<String, Object> config) {
    RunStart start =
        new RunStart(
            folder.path(),
            settings.views.domain(),
            progress.step(),
            totalSteps,
            plan.batchSize(),
            loaded);
    listeners.forEach(listener -> listener.onStart(start));
    EpochReport report = progress.step() == 0 ? untrained() : measured(progress);
    try (BatchSource<E> batches =
        new BatchSource<>(
            settings.data, settings.views, settings.batches(progress.step()), settings.strict)) {
      while (progress.step() < totalSteps) {
        stopIfAsked(progress);
        takeStep(progress, batches);
        if (progress.step() % plan.batchesPerEpoch() == 0) {
          report = endEpoch(progress);
        } else if (progress.step() % settings.checkpointSteps == 0) {
          checkpoints.write(step, progress);
        }
      }
    }
    saveEncoder(progress, config);
    return new TrainedEncoder(folder.encoder(), report, progress.skipped().size());
  }

  @Override
  public void close() {
    listeners.forEach(TrainingListener::close);
    inference.close();
    step.close();
  }

  private void takeStep(Progress progress, BatchSource<E> batches) {
    long started = System.nanoTime();
    long number = progress.step() + 1;
    float rate = settings.schedule.at(number, plan.batchesPerEpoch(), totalSteps);
    try (Batch batch = batches.next()) {
      skip(progress, batch.skipped());
      int examples = batch.indices().length;
      TrainingStep.Outcome outcome = run(batch, number, rate);
      double seconds = (System.nanoTime() - started) * 1e-9;
      requireFinite(outcome.loss(), number, rate);
      progress.count(outcome.loss(), examples, seconds);
      StepReport report =
          new StepReport(
              number,
              totalSteps,
              plan.epoch(number - 1) + 1,
              settings.epochs,
              outcome.loss(),
              outcome.metrics(),
              rate,
              examples,
              seconds);
      listeners.forEach(listener -> listener.onStep(report));
    }
  }

  private void warn(RunWarning warning) {
    LOG.warn("step {}: {}", warning.step(), warning.message());
    listeners.forEach(listener -> listener.onWarning(warning));
  }

  private TrainingStep.Outcome run(Batch batch, long number, float rate) {
    if (batch.indices().length < 2) {
      throw new KindredException(
          "step %d: only %d of %d examples of the batch can be read (see %s); mend the data"
              .formatted(number, batch.indices().length, plan.batchSize(), folder.skipped()));
    }
    return step.run(batch, new StepPoint(number, rate, (number - 1.0) / totalSteps));
  }

  private void skip(Progress progress, List<CorruptExampleException> failures) {
    boolean more = false;
    for (CorruptExampleException failure : failures) {
      if (progress.skip(failure)) {
        LOG.warn("skipped {}", failure.getMessage());
        more = true;
      }
    }
    if (more) {
      folder.writeSkipped(progress.skipped().values());
    }
  }

  private EpochReport untrained() {
    EpochReport report = new EpochReport(0, 0, Double.NaN, Double.NaN, evaluate());
    return report.metrics().isEmpty() ? report : reported(report);
  }

  /** What a run that goes on has to say before its first step: the epochs it has done. */
  private EpochReport measured(Progress progress) {
    int done = Math.toIntExact(progress.step() / plan.batchesPerEpoch());
    return new EpochReport(done, progress.step(), Double.NaN, Double.NaN, Map.of());
  }

  private EpochReport endEpoch(Progress progress) {
    int epoch = plan.epoch(progress.step() - 1) + 1;
    EpochReport report =
        new EpochReport(
            epoch, progress.step(), progress.meanLoss(), progress.examplesPerSecond(), evaluate());
    progress.endEpoch();
    reported(report);
    checkpoints.write(step, progress);
    return report;
  }

  private EpochReport reported(EpochReport report) {
    listeners.forEach(listener -> listener.onEpoch(report));
    return report;
  }

  private Map<String, Double> evaluate() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (!settings.evaluators.isEmpty()) {
      takeOverWeights();
      try (Embedder<E> embedder = inference.embedder()) {
        settings.evaluators.values().forEach(one -> metrics.putAll(one.evaluate(embedder)));
      }
    }
    return metrics;
  }

  private void takeOverWeights() {
    try (Weights weights = step.weights(InferenceModel.ENCODER_PATH)) {
      inference.assign(weights);
    }
  }

  private void saveEncoder(Progress progress, Map<String, Object> config) {
    takeOverWeights();
    Map<String, Object> provenance = new LinkedHashMap<>(config);
    provenance.put("steps", progress.step());
    provenance.put("skipped", progress.skipped().size());
    provenance.put("versions", Versions.all());
    SavedEncoder.save(
        inference,
        new Manifest(
            Manifest.FORMAT,
            settings.views.domain(),
            settings.encoder.dimension(),
            settings.views.inference().settings(),
            settings.encoder.settings(),
            provenance),
        folder.encoder());
  }

  private void stopIfAsked(Progress progress) {
    if (settings.stop.getAsBoolean()) {
      checkpoints.write(step, progress);
      throw new StoppedException(
          "stopped after step %d of %d; the checkpoint is written, go on with: kindred resume %s"
              .formatted(progress.step(), totalSteps, folder.path()));
    }
  }

  private void requireFinite(float loss, long number, float rate) {
    if (!Float.isFinite(loss)) {
      throw new DivergedException(
          String.format(
              Locale.ROOT,
              "the loss became %s at step %d with learning rate %s; the last good checkpoint is %s;"
                  + " lower the learning rate, lengthen the warm-up or clip the gradients",
              loss,
              number,
              rate,
              checkpoints.newest().map(Object::toString).orElse("none, it came too early")));
    }
  }

  private void requireLabels() {
    if (settings.method.needsLabels() && settings.data.classNames().isEmpty()) {
      throw new IllegalArgumentException(
          "method %s needs labels, but %s has none; put the examples into class folders, or choose"
                  .formatted(settings.method.settings().get("name"), settings.data.description())
              + " a method without labels");
    }
    settings.method.requireBatch(settings.batchSize);
  }

  /** One example has nothing to be told apart from. */
  private void requireNegatives() {
    if (plan.batchSize() < 2) {
      throw new IllegalArgumentException(
          "batch size must be >= 2, for batch statistics and negatives need others; was "
              + plan.batchSize());
    }
  }
}
