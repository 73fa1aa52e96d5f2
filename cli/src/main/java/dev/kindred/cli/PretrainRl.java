package dev.kindred.cli;

import dev.kindred.train.Pretraining;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Trains an encoder of observations. */
@Command(
    name = "rl",
    description = {
      "Train an encoder of what an agent sees, from a recording or from random play. All that is",
      "resolved is written to RUN/config.json. Ctrl-C writes a checkpoint; kindred resume RUN goes",
      "on."
    },
    sortOptions = false)
final class PretrainRl implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RlTrainingOptions options;

  @Mixin private NewRun run;

  @Override
  public Integer call() {
    run.fill(options, spec);
    try (RlTraining training = RlTraining.resolve(options, run.out())) {
      PrintWriter terminal = spec.commandLine().getOut();
      terminal.println(options.summary());
      return TrainingRun.execute(training.pretraining().out(run.out()), Pretraining::run, terminal);
    }
  }
}
