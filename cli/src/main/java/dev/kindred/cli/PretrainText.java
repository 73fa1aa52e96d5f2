package dev.kindred.cli;

import dev.kindred.text.TextExample;
import dev.kindred.text.Tokens;
import dev.kindred.train.Pretraining;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private NewRun run;

  @Mixin private WorkersOption workers;

  @Override
  public Integer call() {
    run.fill(options, spec);
    try (TextTraining training = TextTraining.resolve(options)) {
      PrintWriter terminal = spec.commandLine().getOut();
      Pretraining<TextExample, Tokens> pretraining = training.pretraining().out(run.out());
      terminal.println(options.summary());
      return workers.run(
          spec,
          terminal,
          joined -> TrainingRun.execute(pretraining, Pretraining::run, terminal, joined));
    }
  }
}
