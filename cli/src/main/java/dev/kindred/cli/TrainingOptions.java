package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.GradientClip;
import dev.kindred.optim.ParameterScope;
import dev.kindred.optim.Schedule;
import dev.kindred.train.Pretraining;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What defines a training on anything. Every option is a key of {@code --config} too, and all of
 * them are kept in a run's {@code config.json}, from which {@code resume} reads them. What is null
 * here depends on other options, and is filled in when the training is settled.
 */
abstract class TrainingOptions {
  private static final int LINE = 96;

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "Train on the first N examples of SRC only; on all unless given.")
  @Nullable Integer first;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "See kindred methods (${DEFAULT-VALUE}).")
  String method;

  @Option(
      names = "--weights",
      paramLabel = "PATH",
      description =
          "Start from the weights of a saved encoder (RUN/encoder) of the same settings, or of a"
              + " .safetensors file with torchvision's or timm's names; random unless given.")
  @Nullable String weights;

  @Option(
      names = "--partial-weights",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "The .safetensors file may lack tensors, or have others; else it is refused.")
  boolean partialWeights;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often each example is seen (100).")
  int epochs = 100;

  @Option(names = "--batch-size", paramLabel = "N", description = "Examples in a batch (256).")
  int batchSize = 256;

  @Option(
      names = "--shuffle-buffer",
      paramLabel = "N",
      description =
          "For tar shards: how many examples wait to be drawn; more are shuffled better, and read"
              + " from farther apart (4096).")
  @Nullable Integer shuffleBuffer;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description =
          "The learning rate; unless given 0.06 x batch/128 for sgd (half of that for moco, mixco and"
              + " supcon, and at most 0.06; a tenth for vicreg, a twentieth for barlow-twins), 0.3 x batch/256 for lars,"
              + " 0.001 x batch/256 for adamw and lamb.")
  @Nullable Float lr;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd, adamw, lars or lamb (${DEFAULT-VALUE}).")
  String optimizer;

  @Option(names = "--momentum", paramLabel = "X", description = "For sgd and lars (0.9).")
  @Nullable Float momentum;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Unless given 5e-4 for sgd, else the optimizer's own default.")
  @Nullable Float weightDecay;

  @Option(
      names = "--decay",
      paramLabel = "all|weights",
      description = "What weight decay applies to; unless given all for sgd, else weights.")
  @Nullable String decay;

  @Option(
      names = "--schedule",
      paramLabel = "cosine|constant|step",
      description = "The learning rate over the run (${DEFAULT-VALUE}).")
  ScheduleKind schedule = ScheduleKind.COSINE;

  @Option(
      names = "--milestones",
      paramLabel = "EPOCH",
      split = ",",
      description = "For step: where the rate falls; unless given at 60 and 80 %% of the run.")
  @Nullable List<Integer> milestones;

  @Option(names = "--gamma", paramLabel = "X", description = "For step: what it falls by (0.1).")
  float gamma = 0.1f;

  @Option(
      names = "--per-epoch",
      negatable = true,
      description = "Change the learning rate at each epoch's start only, not each step (yes).")
  @Nullable Boolean perEpoch;

  @Option(names = "--warmup-epochs", paramLabel = "X", description = "A linear rise first (0).")
  double warmupEpochs;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "Scale gradients down to this norm; not unless given.")
  @Nullable Float clip;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description = "Batches to a step of the optimizer (1).")
  int accumulate = 1;

  @Option(
      names = "--chunk-size",
      paramLabel = "N",
      description =
          "Examples in memory at once, for batches that memory does not hold: loss and gradient stay"
              + " the whole batch's, batch statistics become each chunk's; all unless given.")
  @Nullable Integer chunkSize;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = "The loss's temperature; unless given the method's (simclr: 0.5).")
  @Nullable Double temperature;

  @Option(
      names = "--projector-layers",
      paramLabel = "N",
      description = "For simclr: the layers of the projector (2).")
  @Nullable Integer projectorLayers;

  @Option(
      names = "--projector",
      paramLabel = "N-N",
      description = "The widths of the projector's layers, as 512-128; unless given the method's.")
  @Nullable String projector;

  @Option(
      names = "--predictor",
      paramLabel = "N-N",
      description = "The widths of the predictor's layers; unless given the method's.")
  @Nullable String predictor;

  @Option(
      names = "--widths",
      paramLabel = "N-N",
      description =
          "For simcse and simcse-queue: widths that a representation is to be cut to, as 64-128.")
  @Nullable String widths;

  @Option(
      names = "--ema",
      paramLabel = "X",
      description = "How much of the momentum branch stays at each step, or does at first.")
  @Nullable Double ema;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "The past projections that are kept: moco's keys, nnclr's support set; simcse-queue's keys,"
              + " two and a half batches unless given.")
  @Nullable Integer queue;

  @Option(
      names = "--norm-groups",
      paramLabel = "N",
      description = "For moco and mixco: the parts of a batch that have batch statistics each (1).")
  @Nullable Integer normGroups;

  @Option(
      names = "--decoder-depth",
      paramLabel = "N",
      description = "For tsdae: the blocks of the decoder, which is not kept (1).")
  @Nullable Integer decoderDepth;

  @Option(
      names = "--sync-batch-norm",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "With several workers: batch statistics of all their rows, instead of each one's own.")
  boolean syncBatchNorm;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = "float32, bfloat16 or float16 (float32).")
  String precision = "float32";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What everything random starts from (0).")
  long seed;

  @Option(
      names = "--strict",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Fail on an example that cannot be read; else it is skipped and listed.")
  boolean strict;

  @Option(
      names = "--checkpoint-steps",
      paramLabel = "N",
      description = "Save the state every so many steps, beside every epoch (1000).")
  int checkpointSteps = Pretraining.DEFAULT_CHECKPOINT_STEPS;

  TrainingOptions(String method, String optimizer) {
    this.method = method;
    this.optimizer = optimizer;
  }

  /** The curve of the learning rate. */
  enum ScheduleKind {
    COSINE,
    CONSTANT,
    STEP
  }

  /** The parameters that decay, {@code otherwise} unless told. */
  ParameterScope decay(ParameterScope otherwise) {
    return decay == null ? otherwise : Catalogues.DECAYS.get(decay);
  }

  void refuseMomentum() {
    if (momentum != null) {
      throw new IllegalArgumentException(
          "--momentum is for sgd and lars, but --optimizer is %s; leave one out"
              .formatted(optimizer));
    }
  }

  /** What is trained on, in the plural. */
  abstract String domain();

  /** The attention heads of the encoder's blocks, where that is told. */
  @Nullable Integer heads() {
    return null;
  }

  /** How many classes the examples are of, where they are labelled and it is known. */
  int classes() {
    return 0;
  }

  /** How images are blended, where there are images and it is told. */
  @Nullable String mixing() {
    return null;
  }

  /** Fills in what depends on other options of this class. */
  void settle() {
    MethodChoice choice = Catalogues.METHODS.get(method);
    choice.requireDomain(this);
    weights = StartingWeights.settled(this);
    if (lr == null) {
      lr = Catalogues.OPTIMIZERS.get(optimizer).rateFor((long) batchSize * accumulate, choice);
    }
    if (perEpoch == null) {
      perEpoch = true;
    }
  }

  /**
   * Settles the order in which {@code data} are read.
   *
   * @param data null for what is never in shards
   * @throws IllegalArgumentException if a buffer is given where there are no shards
   */
  void settleOrder(@Nullable Dataset<?> data) {
    boolean shards = data != null && data.stretches().length > 0;
    if (shuffleBuffer != null && !shards) {
      throw new IllegalArgumentException(
          "--shuffle-buffer is for tar shards, and other data are shuffled whole; leave it out");
    }
    if (shards && shuffleBuffer == null) {
      shuffleBuffer = Pretraining.DEFAULT_SHUFFLE_BUFFER;
    }
  }

  /** Everything that is settled, in a few lines of {@code key=value}. */
  String summary() {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (Map.Entry<String, Object> option : OptionMap.of(this).entrySet()) {
      String setting = option.getKey() + "=" + option.getValue();
      boolean wraps = column + setting.length() > LINE;
      text.append(column == 0 ? "" : wraps ? "\n" : "  ").append(setting);
      column = (wraps ? 0 : column) + setting.length() + 2;
    }
    return text.toString();
  }

  /**
   * Gives {@code pretraining} all that these options say of a training on anything.
   *
   * @param command what started it, for {@code resume}
   */
  <E, V> Pretraining<E, V> configure(Pretraining<E, V> pretraining, String command) {
    pretraining
        .optimizer(Catalogues.OPTIMIZERS.get(optimizer).create().apply(this))
        .schedule(schedule())
        .epochs(epochs)
        .batchSize(batchSize)
        .accumulate(Accumulation.of(accumulate))
        .precision(Catalogues.PRECISIONS.get(precision))
        .seed(seed)
        .strict(strict)
        .syncBatchNorm(syncBatchNorm)
        .checkpointEvery(checkpointSteps)
        .origin(Map.of("command", command, "options", OptionMap.of(this)));
    if (weights != null) {
      pretraining.startFrom(StartingWeights.of(weights, partialWeights));
    }
    if (shuffleBuffer != null) {
      pretraining.shuffleBuffer(shuffleBuffer);
    }
    if (chunkSize != null) {
      pretraining.chunkSize(chunkSize);
    }
    return clip == null ? pretraining : pretraining.clip(GradientClip.globalNorm(clip));
  }

  private Schedule schedule() {
    float rate = Objects.requireNonNull(lr);
    Schedule curve =
        switch (schedule) {
          case COSINE -> Schedule.cosine(rate);
          case CONSTANT -> Schedule.constant(rate);
          case STEP -> Schedule.step(rate, gamma, epochsOfSteps());
        };
    curve = curve.warmup(warmupEpochs);
    return Boolean.TRUE.equals(perEpoch) ? curve.perEpoch() : curve;
  }

  private int[] epochsOfSteps() {
    return milestones == null
        ? new int[] {Math.max(1, epochs * 6 / 10), Math.max(2, epochs * 8 / 10)}
        : milestones.stream().mapToInt(Integer::intValue).toArray();
  }
}
