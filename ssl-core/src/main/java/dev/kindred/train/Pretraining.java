package dev.kindred.train;

import dev.kindred.data.BatchPlan;
import dev.kindred.data.Dataset;
import dev.kindred.data.Share;
import dev.kindred.data.ViewPipeline;
import dev.kindred.embedding.WeightsSource;
import dev.kindred.method.Method;
import dev.kindred.nn.Encoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.GradientClip;
import dev.kindred.optim.Optimizer;
import dev.kindred.optim.Schedule;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Precision;
import dev.kindred.runtime.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Self-supervised training of an encoder, from examples to a saved network.
 *
 * <pre>{@code
 * TrainedEncoder encoder = Pretraining.of(SimClr.defaults())
 *     .data(photos)
 *     .views(ImageViews.simClr(32))
 *     .encoder(ResNet.resnet18().smallImageStem())
 *     .optimizer(Sgd.momentum(0.9f).weightDecay(5e-4f))
 *     .schedule(Schedule.cosine(0.12f))
 *     .epochs(100).batchSize(256).seed(0)
 *     .out(Path.of("runs/photos"))
 *     .run();
 * }</pre>
 *
 * <p>The run's folder holds {@code config.json}, {@code metrics.jsonl}, TensorBoard events, {@code
 * checkpoints/} and at the end {@code encoder/}. A run that was killed goes on by {@link #resume}
 * with the same settings, and ends with the same bytes as one that was not.
 *
 * @param <E> an example
 * @param <V> a view in the graph
 */
public final class Pretraining<E, V> {
  /** How many steps may be lost when a run is killed within an epoch. */
  public static final int DEFAULT_CHECKPOINT_STEPS = 1000;

  /** How many examples of stretches, such as shards, wait to be drawn. */
  public static final int DEFAULT_SHUFFLE_BUFFER = 4096;

  final Method method;
  final Dataset<E> data;
  final ViewPipeline<E, V> views;
  final Encoder<V> encoder;
  final List<TrainingListener> listeners = new ArrayList<>();
  final Map<String, EpochEvaluator<E>> evaluators = new LinkedHashMap<>();
  Optimizer optimizer = Sgd.momentum(0.9f).weightDecay(5e-4f);
  Schedule schedule = Schedule.cosine(0.12f);
  Accumulation accumulation = Accumulation.of(1);
  Precision precision = Precision.FLOAT32;
  BooleanSupplier stop = () -> false;
  Map<String, Object> origin = Map.of();
  Collectives workers = Collectives.alone();
  boolean syncBatchNorm;
  @Nullable GradientClip clip;
  @Nullable WeightsSource start;
  @Nullable Path out;
  int epochs = 100;
  int batchSize = 256;
  int together = 1;
  int shuffleBuffer = DEFAULT_SHUFFLE_BUFFER;
  int chunkSize = Recipe.WHOLE;
  int checkpointSteps = DEFAULT_CHECKPOINT_STEPS;
  long seed;
  boolean strict;

  private Pretraining(
      Method method, Dataset<E> data, ViewPipeline<E, V> views, Encoder<V> encoder) {
    this.method = method;
    this.data = data;
    this.views = views;
    this.encoder = encoder;
  }

  /** Begins to describe a training by {@code method}. */
  public static OfMethod of(Method method) {
    return new OfMethod(method);
  }

  /** A method, in want of data. */
  public record OfMethod(Method method) {
    /** Trains on {@code data}, which stays the caller's. */
    public <E> OfData<E> data(Dataset<E> data) {
      return new OfData<>(method, data);
    }
  }

  /** A method and data, in want of views. */
  public record OfData<E>(Method method, Dataset<E> data) {
    /** Trains on these views. */
    public <V> OfViews<E, V> views(ViewPipeline<E, V> views) {
      return new OfViews<>(method, data, views);
    }
  }

  /** A method, data and views, in want of an encoder. */
  public record OfViews<E, V>(Method method, Dataset<E> data, ViewPipeline<E, V> views) {
    /** Trains this network; what may be set besides has defaults. */
    public Pretraining<E, V> encoder(Encoder<V> encoder) {
      return new Pretraining<>(method, data, views, encoder);
    }
  }

  /** How parameters follow gradients; SGD with momentum 0.9 and weight decay 5e-4 unless set. */
  public Pretraining<E, V> optimizer(Optimizer value) {
    optimizer = value;
    return this;
  }

  /** The learning rate over the run; a cosine from 0.12 unless set. */
  public Pretraining<E, V> schedule(Schedule value) {
    schedule = value;
    return this;
  }

  /** How often every example is seen, {@code >= 1}; 100 unless set. */
  public Pretraining<E, V> epochs(int value) {
    Require.atLeastOne("epochs", value);
    epochs = value;
    return this;
  }

  /** The examples of one step, {@code >= 1}; 256 unless set. */
  public Pretraining<E, V> batchSize(int value) {
    batchSize = value;
    return this;
  }

  /**
   * How many examples of one group, such as an episode, are drawn into a batch together; 1, which
   * is whatever comes, unless set. Examples of one group are harder negatives: what the group has
   * in common does not tell them apart.
   *
   * @param count {@code >= 1}; the batch size is a multiple of it
   */
  public Pretraining<E, V> together(int count) {
    Require.atLeastOne("examples drawn together", count);
    together = count;
    return this;
  }

  /**
   * How many examples wait to be drawn where the data are read in stretches, such as shards; {@link
   * #DEFAULT_SHUFFLE_BUFFER} unless set. Of no meaning for other data, which are shuffled whole.
   *
   * @param examples {@code >= 1}
   * @see BatchPlan#from(long, BatchPlan.Stretches)
   */
  public Pretraining<E, V> shuffleBuffer(int examples) {
    Require.atLeastOne("shuffle buffer", examples);
    shuffleBuffer = examples;
    return this;
  }

  /** What everything random derives from; 0 unless set. */
  public Pretraining<E, V> seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Starts from these weights and statistics, in the online and in the momentum branch, instead of
   * random ones; heads and optimizer start afresh. What was loaded is kept in {@code config.json}
   * as {@code started}. A run that is resumed goes on from its checkpoint, and loads them again
   * only if it was killed before the first.
   */
  public Pretraining<E, V> startFrom(WeightsSource value) {
    start = value;
    return this;
  }

  /** Bounds the gradients; not unless set. */
  public Pretraining<E, V> clip(GradientClip value) {
    clip = value;
    return this;
  }

  /** Makes one update of several batches; of one unless set. */
  public Pretraining<E, V> accumulate(Accumulation value) {
    accumulation = value;
    return this;
  }

  /**
   * Takes each batch through the network in chunks of at most so many examples, so that memory
   * bounds the chunk and not the batch. Loss and gradient are those of the whole batch; batch
   * statistics are each chunk's own. Costs a second forward pass. Not unless set.
   *
   * @param value {@code >= 2}
   */
  public Pretraining<E, V> chunkSize(int value) {
    chunkSize = value;
    return this;
  }

  /** The arithmetic; float32 unless set. */
  public Pretraining<E, V> precision(Precision value) {
    precision = value;
    return this;
  }

  /**
   * Saves a checkpoint every {@code steps} steps, {@code >= 1}, beside the one at every epoch's
   * end.
   */
  public Pretraining<E, V> checkpointEvery(int steps) {
    Require.atLeastOne("checkpoint steps", steps);
    checkpointSteps = steps;
    return this;
  }

  /**
   * Trains as one of several workers, which all do this with the same settings: each takes its
   * share of every batch, and all of them compute the step that one process would have made of the
   * whole. The first worker alone measures, tells listeners, and writes the run's folder. Losses
   * see the whole batch; batch statistics are each worker's own, unless {@link #syncBatchNorm}.
   *
   * @param value the workers, which stay the caller's
   */
  public Pretraining<E, V> workers(Collectives value) {
    workers = value;
    return this;
  }

  /** Takes batch statistics of the rows of all workers, at some exchanges more a step. */
  public Pretraining<E, V> syncBatchNorm(boolean value) {
    syncBatchNorm = value;
    return this;
  }

  /** Fails on the first example that cannot be read, instead of leaving it out. */
  public Pretraining<E, V> strict(boolean value) {
    strict = value;
    return this;
  }

  /** Tells {@code listener} of the progress, and closes it at the end. */
  public Pretraining<E, V> listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /** Measures the encoder before training and after every epoch; the caller keeps what it uses. */
  public Pretraining<E, V> evaluateEachEpoch(String name, EpochEvaluator<E> evaluator) {
    evaluators.put(name, evaluator);
    return this;
  }

  /** Asks before every step whether to stop, as on Ctrl-C. */
  public Pretraining<E, V> stopWhen(BooleanSupplier asked) {
    stop = asked;
    return this;
  }

  /**
   * What the run was started from, in JSON types, to be kept in {@code config.json} as {@code
   * origin}.
   */
  public Pretraining<E, V> origin(Map<String, Object> values) {
    origin = Map.copyOf(values);
    return this;
  }

  /** The run's folder, new or empty unless resumed. */
  public Pretraining<E, V> out(Path folder) {
    out = folder;
    return this;
  }

  /**
   * Trains from the start.
   *
   * @throws IllegalArgumentException if settings contradict each other or the data, before anything
   *     is written
   * @throws KindredException if the folder is not empty, the weights to start from are not the
   *     encoder's, or something cannot be read or written
   * @throws DivergedException if the loss becomes NaN or infinite
   * @throws StoppedException if it was asked to stop; the checkpoint is written
   */
  public TrainedEncoder run() {
    return together(
        folder -> {
          if (workers.first()) {
            folder.requireFree();
          }
          Map<String, Object> config = config();
          workers.requireSame(config);
          try (TrainingLoop<E, V> loop = new TrainingLoop<>(this, folder)) {
            config.putAll(loop.load());
            if (workers.first()) {
              folder.create(config);
            }
            return loop.run(loop.begin(), config);
          }
        });
  }

  /**
   * Goes on from the newest whole checkpoint in the run's folder, or from the start if the run was
   * killed before it wrote one. The number of workers may be another one.
   *
   * @throws IllegalArgumentException if the settings are not those that the run began with
   * @throws KindredException as {@link #run}, and if there are checkpoints but none is whole
   */
  public TrainedEncoder resume() {
    return together(
        folder -> {
          Map<String, Object> now = config();
          workers.requireSame(now);
          Map<String, Object> config = workers.first() ? folder.requireConfig(now) : now;
          try (TrainingLoop<E, V> loop = new TrainingLoop<>(this, folder)) {
            return loop.run(loop.restore(config), config);
          }
        });
  }

  /** Trains, and lets the other workers know how it ended. */
  private TrainedEncoder together(Function<RunFolder, TrainedEncoder> training) {
    try {
      TrainedEncoder trained = training.apply(folder());
      workers.leave(null);
      return trained;
    } catch (RuntimeException e) {
      throw Objects.requireNonNull(workers.leave(e));
    }
  }

  Recipe<V> recipe() {
    return new Recipe<>(method, encoder, optimizer, clip, accumulation, chunkSize, precision, seed);
  }

  Share share() {
    return new Share(workers, batchSize, syncBatchNorm);
  }

  BatchPlan plan() {
    return new BatchPlan(data.size(), batchSize, seed);
  }

  /** The batches of all steps from {@code step} on. */
  Iterator<int[]> batches(long step) {
    if (together > 1) {
      return plan().from(step, new BatchPlan.Together(together, data::group));
    }
    return inStretches()
        ? plan().from(step, new BatchPlan.Stretches(data.stretches(), shuffleBuffer))
        : plan().from(step, data::keys);
  }

  private boolean inStretches() {
    return together == 1 && data.stretches().length > 0;
  }

  /** Everything resolved, enough to repeat the run. */
  private Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("data", Map.of("description", data.description(), "size", data.size()));
    config.put("views", views.settings());
    config.putAll(recipe().settings());
    if (start != null) {
      config.put("startFrom", start.settings());
    }
    config.put("schedule", schedule.settings());
    config.put("epochs", epochs);
    config.put("batchSize", batchSize);
    if (together > 1) {
      config.put("together", together);
    }
    if (inStretches()) {
      config.put("shuffleBuffer", shuffleBuffer);
    }
    config.put("strict", strict);
    if (syncBatchNorm) {
      config.put("syncBatchNorm", true);
    }
    config.put("origin", origin);
    return config;
  }

  private RunFolder folder() {
    if (out == null) {
      throw new IllegalArgumentException("out must name the run's folder, was not set");
    }
    return new RunFolder(out);
  }
}
