package dev.kindred.cli;

import dev.kindred.embedding.SavedEncoder;
import dev.kindred.runtime.Collectives;
import dev.kindred.train.Pretraining;
import dev.kindred.train.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a run. */
@Command(
    name = "resume",
    description = "Go on with a run that was stopped or killed, from its newest whole checkpoint.")
final class ResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private WorkersOption workers;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path run;

  @Override
  public Integer call() {
    RunFolder folder = new RunFolder(run);
    PrintWriter out = spec.commandLine().getOut();
    try (StartedTraining training = StartedTraining.of(folder)) {
      if (Files.isRegularFile(folder.encoder().resolve(SavedEncoder.MANIFEST))) {
        out.println("%s: finished already; its encoder is %s".formatted(run, folder.encoder()));
        return 0;
      }
      Pretraining<?, ?> pretraining = training.pretraining().out(run);
      return workers.run(spec, out, joined -> resumed(pretraining, out, joined));
    }
  }

  private static <E, V> int resumed(
      Pretraining<E, V> pretraining, PrintWriter out, Collectives workers) {
    return TrainingRun.execute(pretraining, Pretraining::resume, out, workers);
  }
}
