package dev.kindred.cli;

import dev.kindred.runtime.Versions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The {@code kindred} command. Exit codes: 0 done, 1 the work failed, 2 wrong usage, 130 stopped by
 * a signal with the checkpoint written. An error is one line on the standard error.
 */
@Command(
    name = "kindred",
    description =
        "Self-supervised representation learning on the JVM: from unlabelled data to an encoder.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Kindred.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    subcommands = {
      DemoCommand.class,
      PlayCommand.class,
      RecordCommand.class,
      ShardCommand.class,
      PretrainCommand.class,
      ResumeCommand.class,
      EmbedCommand.class,
      ExportCommand.class,
      EvaluateCommand.class,
      IndexCommand.class,
      SearchCommand.class,
      ViewsCommand.class,
      TokenizerCommand.class,
      ReportCommand.class,
      DoctorCommand.class,
      MethodsCommand.class,
      LossesCommand.class,
      EncodersCommand.class
    },
    footer = {
      "",
      "Start with: kindred demo images",
      "Exit codes: 0 done, 1 the work failed, 2 wrong usage, 130 stopped."
    })
public final class Kindred {
  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "After an error's line, show where it came from.")
  private boolean stacktrace;

  private Kindred() {}

  /** Runs the command of this process's arguments, and exits with its code. */
  public static void main(String[] args) {
    Terminal.takeErrors();
    LocalWorkers.followParent();
    StopSignal.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  /** Runs one command, and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Kindred kindred = new Kindred();
    try {
      return commandLine(kindred, out, err).execute(args);
    } catch (Throwable e) { // picocli passes errors such as OutOfMemoryError on
      return Failures.report(e, err, kindred.stacktrace);
    } finally {
      out.flush();
    }
  }

  private static CommandLine commandLine(Kindred kindred, PrintWriter out, PrintWriter err) {
    return new CommandLine(kindred)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler((e, args) -> Usage.report(e))
        .setExecutionExceptionHandler(
            (e, line, result) -> Failures.report(e, err, kindred.stacktrace));
  }

  /** Says which versions are in use. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"kindred " + Versions.kindred()};
    }
  }
}
