package dev.kindred.cli;

import dev.kindred.text.TextExample;
import dev.kindred.text.Tokens;
import dev.kindred.train.Pretraining;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a text encoder. */
@Command(
    name = "text",
    description = {
      "Train a sentence encoder. All that is resolved is written to RUN/config.json. Ctrl-C writes a",
      "checkpoint; kindred resume RUN goes on."
    },
    sortOptions = false)
final class PretrainText implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private TextTrainingOptions options;

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

  @Override
  public Integer call() {
    if (config != null) {
      OptionMap.fill(
          options, ConfigFile.read(config), config.toString(), spec.commandLine().getParseResult());
    }
    try (TextTraining training = TextTraining.resolve(options)) {
      PrintWriter terminal = spec.commandLine().getOut();
      Pretraining<TextExample, Tokens> pretraining = training.pretraining().out(out);
      terminal.println(options.summary());
      return TrainingRun.execute(pretraining, Pretraining::run, terminal);
    }
  }
}
