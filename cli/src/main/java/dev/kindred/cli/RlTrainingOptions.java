package dev.kindred.cli;

import dev.kindred.rl.PixelEncoder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What defines a training on observations; {@link RlTraining} settles it. */
final class RlTrainingOptions extends TrainingOptions {
  /** What is trained on. */
  static final String DOMAIN = "observations";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "A recording, by kindred record; unless given, --env is played at random and recorded"
              + " beside RUN.")
  @Nullable String data;

  @Mixin PlayOptions play = new PlayOptions();

  @Option(
      names = "--stack",
      paramLabel = "N",
      description = "The pictures of an observation, which show motion (${DEFAULT-VALUE}).")
  int stack = 3;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "For atc: how much later the other view is; for temporal, how much later at most; for spr,"
              + " how many steps are foretold. Unless given 3, 10 and 5.")
  @Nullable Integer steps;

  @Option(
      names = "--views",
      paramLabel = "NAME,NAME",
      description =
          "What is done to each view: shift, shift2, crop, intensity, jitter, grey, cutout,"
              + " cutout-colour, convolution, or none (${DEFAULT-VALUE}).")
  String views = "shift";

  @Option(
      names = "--together",
      paramLabel = "N",
      description =
          "Observations of one episode that are drawn into a batch together, so that what an episode"
              + " looks like all over does not tell them apart (${DEFAULT-VALUE}).")
  int together = 16;

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description = "See kindred encoders (${DEFAULT-VALUE}).")
  String encoder = RlNetworks.NATURE;

  @Option(
      names = "--batch-norm",
      paramLabel = "nothing|input|everywhere",
      description =
          "Where the encoder has batch normalisation: everywhere is of the pictures and after each"
              + " convolution (${DEFAULT-VALUE}).")
  PixelEncoder.Normalize batchNorm = PixelEncoder.Normalize.EVERYWHERE;

  @Option(
      names = "--dimension",
      paramLabel = "N",
      description = "The width of the representation (${DEFAULT-VALUE}).")
  int dimension = 128;

  RlTrainingOptions() {
    super(MethodChoice.CURL, "adamw");
    epochs = 5;
  }

  @Override
  String domain() {
    return DOMAIN;
  }
}
