package dev.kindred.cli;

import dev.kindred.train.Pretraining;
import dev.kindred.vision.Image;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Trains an image encoder. */
@Command(
    name = "images",
    description = {
      "Train an image encoder. The defaults follow lightly's CIFAR-10 recipe; all that is resolved",
      "is written to RUN/config.json. Ctrl-C writes a checkpoint; kindred resume RUN goes on."
    },
    sortOptions = false)
final class PretrainImages implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ImageTrainingOptions options;

  @Mixin private NewRun run;

  @Mixin private WorkersOption workers;

  @Override
  public Integer call() {
    run.fill(options, spec);
    try (ImageTraining training = ImageTraining.resolve(options)) {
      PrintWriter terminal = spec.commandLine().getOut();
      Pretraining<Image, Operand<TFloat32>> pretraining = training.pretraining().out(run.out());
      terminal.println(training.options().summary());
      return workers.run(
          spec,
          terminal,
          joined -> TrainingRun.execute(pretraining, Pretraining::run, terminal, joined));
    }
  }
}
