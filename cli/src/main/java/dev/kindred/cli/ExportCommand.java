package dev.kindred.cli;

import dev.kindred.embedding.SavedEncoder;
import dev.kindred.embedding.Weights;
import dev.kindred.rl.ObservationViews;
import dev.kindred.text.BertFolder;
import dev.kindred.text.TextViews;
import dev.kindred.vision.EncoderWeights;
import dev.kindred.vision.ImageViews;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes an encoder's weights for other libraries. */
@Command(
    name = "export",
    description = {
      "Write an encoder's weights as a safetensors file: torchvision's names for a ResNet, timm's",
      "for a vision transformer; or a text transformer as a folder that Python's",
      "sentence-transformers opens. What is there is replaced."
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--out",
      paramLabel = "FILE.safetensors|DIR",
      required = true,
      description = "The file, or the folder, to write.")
  private Path out;

  @Override
  public Integer call() {
    return switch (SavedEncoder.manifest(model.folder()).domain()) {
      case TextViews.DOMAIN -> transformer();
      case ObservationViews.DOMAIN ->
          throw new IllegalArgumentException(
              "%s: is of observations, for which no other library has names; TensorFlow itself opens"
                      .formatted(model.folder())
                  + " this folder");
      default -> weights();
    };
  }

  private int transformer() {
    BertFolder.export(model.folder(), out);
    spec.commandLine().getOut().println(out);
    return 0;
  }

  private int weights() {
    if (!out.toString().endsWith(EncoderWeights.SUFFIX)) {
      throw new IllegalArgumentException(
          "%s: the name of a file of weights must end in %s".formatted(out, EncoderWeights.SUFFIX));
    }
    try (Weights weights = SavedEncoder.weights(model.folder(), ImageViews.DOMAIN)) {
      int tensors = EncoderWeights.write(out, weights);
      spec.commandLine().getOut().println("%d tensors: %s".formatted(tensors, out));
    }
    return 0;
  }
}
