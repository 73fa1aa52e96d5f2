package dev.kindred.train;

import dev.kindred.data.Batch;
import dev.kindred.data.BatchPlan;
import dev.kindred.data.BatchSource;
import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Share;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.embedding.Weights;
import dev.kindred.embedding.WeightsReport;
import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Versions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
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
  private final Collectives workers;
  private final Share share;
  private boolean stopping;
  private Optional<WeightsReport> loaded = Optional.empty();

  TrainingLoop(Pretraining<E, V> settings, RunFolder folder) {
    this.settings = settings;
    this.folder = folder;
    workers = settings.workers;
    share = settings.share();
    checkpoints = new Checkpoints(folder.checkpoints());
    plan = settings.plan();
    totalSteps = (long) plan.batchesPerEpoch() * settings.epochs;
    requireNegatives();
    requireLabels();
    settings.schedule.at(1, plan.batchesPerEpoch(), totalSteps);
    settings.batches(0); // what contradicts shows before anything is written
    step = new TrainingStep<>(settings.recipe(), settings.views, share);
    inference = InferenceModel.untrained(settings.views, settings.encoder, settings.seed);
    if (workers.first()) {
      listeners.add(new MetricsFile());
      listeners.add(new TensorBoardEvents(Clock.systemUTC()));
      listeners.add(new CollapseWatch(this::warn));
      listeners.addAll(settings.listeners);
    }
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

  /** The start, at every worker with the first one's initial values. */
  Progress begin() {
    return shared(new Progress());
  }

  /**
   * The newest whole checkpoint; or the start, from the weights that the run began with, if it was
   * killed before the first.
   */
  Progress restore(Map<String, Object> config) {
    return shared(workers.first() ? restored(config) : new Progress());
  }

  /** What the first worker goes on from, at every worker. */
  private Progress shared(Progress own) {
    if (!workers.shared()) {
      return own;
    }
    step.takeFromFirst();
    String state = workers.fromFirst(Json.line(own.state()));
    return Progress.of(Json.parse(state, Progress.State.class));
  }

  private Progress restored(Map<String, Object> config) {
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
    try (BatchSource<E> batches = batches(progress.step())) {
      while (progress.step() < totalSteps) {
        stopIfAsked(progress);
        takeStep(progress, batches);
        if (progress.step() % plan.batchesPerEpoch() == 0) {
          report = endEpoch(progress);
        } else if (progress.step() % settings.checkpointSteps == 0) {
          checkpoint(progress);
        }
      }
    }
    if (workers.first()) {
      saveEncoder(progress, config);
    }
    return new TrainedEncoder(folder.encoder(), report, progress.skipped().size());
  }

  @Override
  public void close() {
    listeners.forEach(TrainingListener::close);
    inference.close();
    step.close();
  }

  private BatchSource<E> batches(long from) {
    Iterator<int[]> whole = settings.batches(from);
    Iterator<int[]> own =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return whole.hasNext();
          }

          @Override
          public int[] next() {
            return share.of(whole.next());
          }
        };
    return new BatchSource<>(settings.data, settings.views, own, settings.strict);
  }

  private void checkpoint(Progress progress) {
    step.unify();
    save(progress);
  }

  /** Writes the state, which every worker has made the same. */
  private void save(Progress progress) {
    if (workers.first()) {
      checkpoints.write(step, progress);
    }
  }

  private void takeStep(Progress progress, BatchSource<E> batches) {
    long started = System.nanoTime();
    long number = progress.step() + 1;
    float rate = settings.schedule.at(number, plan.batchesPerEpoch(), totalSteps);
    try (Batch batch = batches.next()) {
      int skipped = skip(progress, batch.skipped());
      int examples = batch.indices().length * workers.size();
      TrainingStep.Outcome outcome = run(batch, number, rate, skipped, progress);
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

  private TrainingStep.Outcome run(
      Batch batch, long number, float rate, int skipped, Progress progress) {
    if (batch.indices().length < 2) {
      throw new KindredException(
          "step %d: only %d of %d examples of the batch can be read (see %s); mend the data"
              .formatted(number, batch.indices().length, share.rows(), folder.skipped()));
    }
    workers.at(number);
    boolean stop = workers.shared() && settings.stop.getAsBoolean();
    Pass.Taken taken =
        step.run(
            batch,
            new StepPoint(number, rate, (number - 1.0) / totalSteps),
            new Signals(stop ? 1 : 0, workers.first() ? 0 : skipped));
    stopping = taken.said().stop() > 0;
    if (workers.first()) {
      skip(
          progress,
          workers.told(taken.said().notes()).stream()
              .map(note -> Json.parse(note, Skipped.class).failure())
              .toList());
    }
    return taken.outcome();
  }

  /** How a worker tells the first of an example that it had to leave out. */
  private record Skipped(String id, String reason) {
    CorruptExampleException failure() {
      return new CorruptExampleException(id, reason, null);
    }
  }

  /** Remembers what could not be read; answers how many are new. */
  private int skip(Progress progress, List<CorruptExampleException> failures) {
    List<CorruptExampleException> fresh = failures.stream().filter(progress::skip).toList();
    fresh.forEach(failure -> LOG.warn("skipped {}", failure.getMessage()));
    if (!workers.first()) {
      fresh.forEach(
          failure -> workers.tellFirst(Json.line(new Skipped(failure.id(), failure.reason()))));
    } else if (!fresh.isEmpty()) {
      folder.writeSkipped(progress.skipped().values());
    }
    return fresh.size();
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
    step.unify();
    EpochReport report =
        new EpochReport(
            epoch, progress.step(), progress.meanLoss(), progress.examplesPerSecond(), evaluate());
    progress.endEpoch();
    reported(report);
    save(progress);
    return report;
  }

  private EpochReport reported(EpochReport report) {
    listeners.forEach(listener -> listener.onEpoch(report));
    return report;
  }

  private Map<String, Double> evaluate() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (workers.first() && !settings.evaluators.isEmpty()) {
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
    if (stopping || !workers.shared() && settings.stop.getAsBoolean()) {
      checkpoint(progress);
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
