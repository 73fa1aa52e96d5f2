package dev.kindred.cli;

import dev.kindred.train.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a run's report. */
@Command(
    name = "report",
    description = "Write RUN/report.html: settings, curves, accuracies, neighbours and a map.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder of a finished run.")
  private Path run;

  @Override
  public Integer call() {
    RunFolder folder = new RunFolder(run);
    try (ImageTraining training =
        ImageTraining.of(RunOrigin.read(folder).require(ImageTraining.COMMAND))) {
      spec.commandLine().getOut().println(ImageReport.write(folder, training).file());
      return 0;
    }
  }
}
