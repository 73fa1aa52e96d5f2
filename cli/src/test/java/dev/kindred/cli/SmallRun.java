package dev.kindred.cli;

import dev.kindred.method.Dino;
import dev.kindred.method.Method;
import dev.kindred.method.Momentum;
import dev.kindred.method.Swav;
import dev.kindred.optim.Schedule;
import dev.kindred.optim.Sgd;
import dev.kindred.train.Pretraining;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.Vit;
import dev.kindred.vision.data.GeneratedShapes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Begins a run, or goes on with it, whose method has settings that the command line has no options
 * for; its arguments are the method and the run's folder.
 */
final class SmallRun {
  private static final int SIZE = 16;

  private SmallRun() {}

  /** Trains to the end. */
  public static void main(String... arguments) {
    Path out = Path.of(arguments[1]);
    try (GeneratedShapes shapes = GeneratedShapes.of(160, SIZE, 0)) {
      Pretraining<Image, Operand<TFloat32>> pretraining =
          Pretraining.of(method(arguments[0]))
              .data(shapes)
              .views(ImageViews.simClr(SIZE).canvas(SIZE))
              .encoder(new Vit(SIZE, 8, 16, 2, 2, 0.1, Vit.Pooling.CLASS_TOKEN))
              .optimizer(Sgd.momentum(0.9f))
              .schedule(Schedule.cosine(0.03f))
              .epochs(10)
              .batchSize(16)
              .seed(0)
              .checkpointEvery(3)
              .out(out);
      if (Files.exists(out)) {
        pretraining.resume();
      } else {
        pretraining.run();
      }
    }
  }

  private static Method method(String name) {
    return switch (name) {
      case "swav" -> new Swav(List.of(16, 8), 12, 0.1, 0.02, 40, 0.02);
      case "dino" -> new Dino(16, 8, 24, 0.1, 0.04, 0.9, Momentum.rising(0.9), 0.02);
      default -> throw new IllegalArgumentException("no small method is called " + name);
    };
  }
}
