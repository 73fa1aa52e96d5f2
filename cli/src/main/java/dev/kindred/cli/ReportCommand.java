package dev.kindred.cli;

import dev.kindred.evaluation.report.MetricsLog;
import dev.kindred.evaluation.report.Report;
import dev.kindred.train.RunFolder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a run's report. */
@Command(
    name = "report",
    description =
        "Write RUN/report.html: settings, curves, and, of images, accuracies, neighbours and a map.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder of a finished run.")
  private Path run;

  @Override
  public Integer call() {
    RunFolder folder = new RunFolder(run);
    RunOrigin origin = RunOrigin.read(folder);
    Path report =
        origin.command().equals(RlTraining.COMMAND)
            ? curves(folder, origin.fill(new RlTrainingOptions()))
            : images(folder, origin.require(ImageTraining.COMMAND));
    spec.commandLine().getOut().println(report);
    return 0;
  }

  private static Path images(RunFolder folder, RunOrigin origin) {
    try (ImageTraining training = ImageTraining.of(origin)) {
      return ImageReport.write(folder, training).file();
    }
  }

  /** Of a run on observations, whose recording need not be there any more. */
  private static Path curves(RunFolder folder, RlTrainingOptions options) {
    Path file = ImageReport.file(folder);
    Path recording = Path.of(Objects.requireNonNull(options.data));
    Report.builder("%s on %s".formatted(options.method, recording.getFileName()))
        .warnings(MetricsLog.warnings(folder.metrics()))
        .facts(RunFacts.of(folder, options))
        .curves(MetricsLog.read(folder.metrics()))
        .write(file);
    return file;
  }
}
