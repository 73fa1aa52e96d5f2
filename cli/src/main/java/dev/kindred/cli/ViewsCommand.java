package dev.kindred.cli;

import dev.kindred.data.Dataset;
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

  @Mixin private SourceOption source;

  @Option(names = "--views", paramLabel = "PRESET", description = "The augmentations (simclr).")
  private String views = "simclr";

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = "The side of a view in pixels; needed for a folder, else the images' own.")
  private @Nullable Integer imageSize;

  @Option(names = "--rows", paramLabel = "N", description = "How many images (${DEFAULT-VALUE}).")
  private int rows = 8;

  @Option(names = "--seed", paramLabel = "N", description = "Which images and which draws (0).")
  private int seed;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      required = true,
      description = "The file to write.")
  private Path out;

  @Override
  public Integer call() {
    ImageTrainingOptions options = new ImageTrainingOptions();
    options.data = source.data();
    options.split = source.split(Split.TRAIN);
    options.views = views;
    options.imageSize = imageSize;
    try (ImageTraining training = ImageTraining.resolve(options);
        Dataset<Image> images = training.data()) {
      ImageViews drawn = training.views();
      ViewGrid.write(images, drawn, rows, seed, out);
      spec.commandLine().getOut().println(out);
    }
    return 0;
  }
}
