package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.rl.data.Recording;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.ViewGrid;
import dev.kindred.vision.data.Split;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws augmented views. */
@Command(
    name = "views",
    aliases = "plot",
    description = "Draw a grid of augmented views as a PNG file, to look at before training.")
final class ViewsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DomainParameter domain;

  @Mixin private SourceOption source;

  @Option(
      names = "--views",
      paramLabel = "PRESET|NAME,NAME",
      description = "The augmentations (simclr; of observations shift).")
  private @Nullable String views;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = "The side of a view in pixels; needed for a folder, else the images' own.")
  private @Nullable Integer imageSize;

  @Option(names = "--rows", paramLabel = "N", description = "How many examples (${DEFAULT-VALUE}).")
  private int rows = 8;

  @Option(names = "--seed", paramLabel = "N", description = "Which examples and which draws (0).")
  private int seed;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      required = true,
      description = "The file to write.")
  private Path out;

  @Override
  public Integer call() {
    switch (domain.require()) {
      case DomainParameter.TEXT ->
          throw new IllegalArgumentException(
              "views of texts cannot be drawn; leave text out, or give rl");
      case DomainParameter.RL -> observations();
      default -> images();
    }
    spec.commandLine().getOut().println(out);
    return 0;
  }

  private void observations() {
    if (imageSize != null) {
      throw new IllegalArgumentException(
          "--image-size is for images, and a recording's pictures have theirs; leave it out");
    }
    try (Recording recording = Recording.open(source.recording())) {
      String names = views == null ? "shift" : views;
      ObservationGrid.of(recording, RlNetworks.views(names, recording.height()), rows, seed)
          .write(out);
    }
  }

  private void images() {
    source.refuseColumns(ImageTrainingOptions.DOMAIN);
    ImageTrainingOptions options = new ImageTrainingOptions();
    options.data = source.data();
    options.split = source.split(Split.TRAIN);
    options.views = views == null ? "simclr" : views;
    options.imageSize = imageSize;
    try (ImageTraining training = ImageTraining.resolve(options);
        Dataset<Image> images = training.data()) {
      ImageViews drawn = training.views();
      ViewGrid.write(images, drawn, rows, seed, out);
    }
  }
}
