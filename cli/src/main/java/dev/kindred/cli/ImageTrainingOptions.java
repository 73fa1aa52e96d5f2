package dev.kindred.cli;

import dev.kindred.vision.data.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What defines a training on images; {@link ImageTraining} settles it. */
final class ImageTrainingOptions extends TrainingOptions {
  /** What is trained on. */
  static final String DOMAIN = "images";

  @Option(
      names = "--data",
      paramLabel = "SRC",
      description =
          "A folder of images, tar:GLOB (WebDataset shards), cifar10:DIR, cifar100:DIR or mnist:DIR."
              + " Required.")
  @Nullable String data;

  @Option(
      names = "--split",
      paramLabel = "train|test|all",
      description = "The part of SRC to train on, where it has parts (${DEFAULT-VALUE}).")
  Split split = Split.TRAIN;

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

  @Option(
      names = "--mixing",
      paramLabel = "mixup|cutmix",
      description = "For imix and mixco: how two images are blended (mixup).")
  @Nullable String mixing;

  @Option(
      names = "--knn",
      negatable = true,
      description =
          "After each epoch, classify at most 1,000 of the training images by their neighbours"
              + " among at most 5,000 others; unless given, done where there are labels.")
  @Nullable Boolean knn;

  /** Of the data, and so no option. */
  private int classes;

  /** How images enter the encoder. */
  enum Stem {
    AUTO,
    SMALL_IMAGE,
    CLASSIC
  }

  ImageTrainingOptions() {
    super("simclr", "sgd");
  }

  @Override
  String domain() {
    return DOMAIN;
  }

  /** Tells how many classes the data has. */
  void classes(int count) {
    classes = count;
  }

  @Override
  int classes() {
    return classes;
  }

  @Override
  @Nullable String mixing() {
    return mixing;
  }
}
