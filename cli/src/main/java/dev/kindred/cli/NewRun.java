package dev.kindred.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a run's options come from beside the command line, and where it goes. */
final class NewRun {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML with these options, such as \"batch-size: 256\"; the command line wins.")
  private @Nullable Path config;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      required = true,
      description = "The run's folder, new or empty. Required.")
  private Path out;

  /**
   * Sets those of {@code options} that the file has and the command line of {@code spec} has not.
   */
  void fill(TrainingOptions options, CommandSpec spec) {
    if (config != null) {
      OptionMap.fill(
          options, ConfigFile.read(config), config.toString(), spec.commandLine().getParseResult());
    }
  }

  /** The run's folder. */
  Path out() {
    return out;
  }
}
