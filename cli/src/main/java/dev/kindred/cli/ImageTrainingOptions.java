package dev.kindred.cli;

import dev.kindred.optim.ParameterScope;
import dev.kindred.vision.data.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What defines a training on images. Every option is a key of {@code --config} too, and all of them
 * are kept in a run's {@code config.json}, from which {@code resume} reads them. What is null here
 * depends on other options, and is filled in by {@link ImageTraining}.
 */
final class ImageTrainingOptions {
  @Option(
      names = "--data",
      paramLabel = "SRC",
      description = "A folder of images, cifar10:DIR, cifar100:DIR or mnist:DIR. Required.")
  @Nullable String data;

  @Option(
      names = "--split",
      paramLabel = "train|test|all",
      description = "The part of SRC to train on, where it has parts (${DEFAULT-VALUE}).")
  Split split = Split.TRAIN;

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "Train on the first N images of SRC only; on all unless given.")
  @Nullable Integer first;

  @Option(names = "--method", paramLabel = "NAME", description = "See kindred methods (simclr).")
  String method = "simclr";

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description = "See kindred encoders (resnet18).")
  String encoder = "resnet18";

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "For a ResNet: channels of its first stage (64, as in the paper).")
  @Nullable Integer width;

  @Option(
      names = "--stem",
      paramLabel = "auto|small_image|classic",
      description =
          "For a ResNet: how images enter it; auto is small_image up to 64 pixels (auto).")
  Stem stem = Stem.AUTO;

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
      names = "--image-size",
      paramLabel = "N",
      description = "The side of a view in pixels; needed for a folder, else the images' own.")
  @Nullable Integer imageSize;

  @Option(
      names = "--canvas",
      paramLabel = "N",
      description =
          "Images are shrunk to at most this side before views are drawn; unless given, the"
              + " images' own for sets of one size, twice the image size for a folder.")
  @Nullable Integer canvas;

  @Option(names = "--views", paramLabel = "PRESET", description = "The augmentations (simclr).")
  String views = "simclr";

  @Option(names = "--epochs", paramLabel = "N", description = "How often each image is seen (100).")
  int epochs = 100;

  @Option(names = "--batch-size", paramLabel = "N", description = "Images in a batch (256).")
  int batchSize = 256;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description =
          "The learning rate; unless given 0.06 x batch/128 for sgd (half of that for moco, mixco and"
              + " supcon, a tenth for vicreg, a twentieth for barlow-twins), 0.3 x batch/256 for lars,"
              + " 0.001 x batch/256 for adamw and lamb.")
  @Nullable Float lr;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd, adamw, lars or lamb (sgd).")
  String optimizer = "sgd";

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
          "Images in memory at once, for batches that memory does not hold: loss and gradient stay"
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
      names = "--ema",
      paramLabel = "X",
      description = "How much of the momentum branch stays at each step, or does at first.")
  @Nullable Double ema;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "The past projections that are kept: moco's keys, nnclr's support set.")
  @Nullable Integer queue;

  @Option(
      names = "--norm-groups",
      paramLabel = "N",
      description = "For moco and mixco: the parts of a batch that have batch statistics each (1).")
  @Nullable Integer normGroups;

  @Option(
      names = "--mixing",
      paramLabel = "mixup|cutmix",
      description = "For imix and mixco: how two images are blended (mixup).")
  @Nullable String mixing;

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
      description = "Fail on an image that cannot be read; else it is skipped and listed.")
  boolean strict;

  @Option(
      names = "--checkpoint-steps",
      paramLabel = "N",
      description = "Save the state every so many steps, beside every epoch (1000).")
  int checkpointSteps = dev.kindred.train.Pretraining.DEFAULT_CHECKPOINT_STEPS;

  @Option(
      names = "--knn",
      negatable = true,
      description =
          "After each epoch, classify at most 1,000 of the training images by their neighbours"
              + " among at most 5,000 others; unless given, done where there are labels.")
  @Nullable Boolean knn;

  /** How images enter the encoder. */
  enum Stem {
    AUTO,
    SMALL_IMAGE,
    CLASSIC
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
}
