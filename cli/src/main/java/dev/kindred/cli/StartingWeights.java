package dev.kindred.cli;

import dev.kindred.embedding.SavedEncoder;
import dev.kindred.embedding.WeightsSource;
import dev.kindred.vision.EncoderWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code --weights} names. */
final class StartingWeights {
  private StartingWeights() {}

  /**
   * The path that the options name, made absolute so that it holds in any working directory, or
   * null for none.
   *
   * @throws IllegalArgumentException if the options contradict each other, or the path is neither a
   *     folder nor a .safetensors file by its name
   */
  static @Nullable String settled(TrainingOptions options) {
    boolean file = options.weights != null && isFile(options.weights);
    if (options.partialWeights && !file) {
      throw new IllegalArgumentException(
          "--partial-weights is for --weights FILE%s; leave it out"
              .formatted(EncoderWeights.SUFFIX));
    }
    if (options.weights == null) {
      return null;
    }
    Path path = Path.of(options.weights).toAbsolutePath().normalize();
    if (!file && Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "--weights must be the folder of a saved encoder, or a file that ends in %s, was %s"
              .formatted(EncoderWeights.SUFFIX, options.weights));
    }
    return (file ? path : ModelOption.resolve(path)).toString();
  }

  /** The weights at a settled path; whether it is a file must not depend on what is there now. */
  static WeightsSource of(String path, boolean partial) {
    return isFile(path)
        ? new EncoderWeights(Path.of(path), partial)
        : SavedEncoder.source(Path.of(path));
  }

  private static boolean isFile(String path) {
    return path.endsWith(EncoderWeights.SUFFIX);
  }
}
