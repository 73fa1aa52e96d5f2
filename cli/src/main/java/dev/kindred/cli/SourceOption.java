package dev.kindred.cli;

import dev.kindred.vision.data.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which examples a command reads. */
final class SourceOption {
  @Option(
      names = "--data",
      paramLabel = "SRC",
      required = true,
      description = "A folder of images, cifar10:DIR, cifar100:DIR or mnist:DIR.")
  private String data;

  @Option(
      names = "--split",
      paramLabel = "train|test|all",
      description = "The part of SRC, where it has parts (train; all for search).")
  private @Nullable Split split;

  String data() {
    return data;
  }

  /** The part that was asked for, or {@code usual}. */
  Split split(Split usual) {
    return split == null ? usual : split;
  }
}
