package dev.kindred.cli;

import dev.kindred.embedding.SavedEncoder;
import dev.kindred.train.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which encoder to use. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "M",
      required = true,
      description = "A saved encoder, such as RUN/encoder; RUN means the same.")
  private Path model;

  /** The encoder's folder. */
  Path folder() {
    return resolve(model);
  }

  /** {@code model}, or the encoder in it where that is a run. */
  static Path resolve(Path model) {
    Path inside = new RunFolder(model).encoder();
    return Files.isRegularFile(inside.resolve(SavedEncoder.MANIFEST)) ? inside : model;
  }
}
