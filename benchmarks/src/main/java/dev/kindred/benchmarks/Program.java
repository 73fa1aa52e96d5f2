package dev.kindred.benchmarks;

import dev.kindred.runtime.KindredException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** How the programs of this module start and end. */
public final class Program {
  /** The exit status of wrong usage. */
  static final int WRONG_USAGE = 2;

  private Program() {}

  /**
   * Reads {@code arguments} into {@code command} and runs it. Wrong arguments are answered by what
   * is wrong and one line of usage on stderr.
   *
   * @param command a {@link picocli.CommandLine.Command}
   * @return 0 done; 1 the work failed; 2 wrong usage
   */
  public static int execute(Runnable command, String... arguments) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, given) -> usage(wrong))
        .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line))
        .execute(arguments);
  }

  private static int usage(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    line.getErr().println(wrong.getMessage());
    String synopsis = line.getHelp().synopsis(0).replaceAll("\\s+", " ").strip();
    line.getErr().println("usage: " + Ansi.OFF.string(synopsis));
    return WRONG_USAGE;
  }

  private static int failed(Exception failure, CommandLine line) throws Exception {
    if (failure instanceof KindredException || failure instanceof IllegalArgumentException) {
      line.getErr().println(failure.getMessage());
      return failure instanceof KindredException ? 1 : WRONG_USAGE;
    }
    throw failure;
  }
}
