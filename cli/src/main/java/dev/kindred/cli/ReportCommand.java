package dev.kindred.cli;

import dev.kindred.evaluation.report.MetricsLog;
import dev.kindred.evaluation.report.Report;
import dev.kindred.evaluation.report.RunSummary;
import dev.kindred.train.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a run's report, or sets several runs side by side. */
@Command(
    name = "report",
    description = {
      "Write RUN/report.html: settings, curves, and, of images, accuracies, neighbours and a map. Of",
      "several runs, write FILE: their settings, results and curves side by side. The same numbers",
      "are written beside it as JSON, with .json for .html."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "The folder of a finished run, or of several, which need not be finished.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page (RUN/report.html); must be given for several runs.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(runs.size() == 1 ? one(runs.get(0)) : several());
    return 0;
  }

  private Path one(Path run) {
    RunFolder folder = new RunFolder(run);
    RunOrigin origin = RunOrigin.read(folder);
    Path file = out == null ? ImageReport.file(folder) : out;
    if (origin.command().equals(RlTraining.COMMAND)) {
      curves(folder, origin.fill(new RlTrainingOptions()), file);
    } else {
      images(folder, origin.require(ImageTraining.COMMAND), file);
    }
    return file;
  }

  private static void images(RunFolder folder, RunOrigin origin, Path file) {
    try (ImageTraining training = ImageTraining.of(origin)) {
      ImageReport.write(folder, training, file);
    }
  }

  /** Of a run on observations, whose recording need not be there any more. */
  private static void curves(RunFolder folder, RlTrainingOptions options, Path file) {
    Path recording = Path.of(Objects.requireNonNull(options.data));
    Report.Builder report =
        Report.builder("%s on %s".formatted(options.method, recording.getFileName()))
            .warnings(MetricsLog.warnings(folder.metrics()))
            .facts(RunFacts.of(folder, options))
            .curves(MetricsLog.read(folder.metrics()));
    write(report, file);
  }

  private Path several() {
    if (out == null) {
      throw new IllegalArgumentException(
          "--out must be given for several runs: the page to write, such as runs.html");
    }
    List<RunOrigin> origins = runs.stream().map(run -> RunOrigin.read(new RunFolder(run))).toList();
    List<String> names = RunNames.of(runs);
    List<RunSummary> summaries = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      summaries.add(RunSummaries.of(names.get(i), origins.get(i)));
    }
    write(Report.builder("%d runs side by side".formatted(names.size())).runs(summaries), out);
    return out;
  }

  /** Writes the page, and its numbers beside it. */
  static void write(Report.Builder report, Path file) {
    report.writeJson(json(file));
    report.write(file);
  }

  private static Path json(Path page) {
    String name = page.getFileName().toString();
    String base = name.endsWith(".html") ? name.substring(0, name.length() - 5) : name;
    return page.resolveSibling(base + ".json");
  }
}
