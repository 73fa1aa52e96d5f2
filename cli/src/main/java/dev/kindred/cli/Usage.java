package dev.kindred.cli;

import dev.kindred.runtime.Names;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command's arguments. */
final class Usage {
  private Usage() {}

  static int report(ParameterException e) {
    e.getCommandLine().getErr().println(Failures.line(message(e)));
    return Failures.USAGE;
  }

  /** What is wrong, and which command's help to read. */
  static String message(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    return e instanceof UnmatchedArgumentException unmatched
        ? unmatched(command, unmatched.getUnmatched().get(0))
        : decapitalised(unprefixed(String.valueOf(e.getMessage()))) + help(command);
  }

  private static String unmatched(CommandSpec command, String given) {
    if (!given.startsWith("-")) {
      return command.subcommands().isEmpty()
          ? "%s takes no argument \"%s\"%s".formatted(command.qualifiedName(), given, help(command))
          : Names.unknown("command", given, visible(command));
    }
    String option = given.split("=", 2)[0];
    return "unknown option %s%s%s"
        .formatted(
            option,
            Names.nearest(option, longNames(command))
                .map(name -> "; did you mean " + name + "?")
                .orElse(""),
            help(command));
  }

  private static List<String> visible(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandName)
        .distinct()
        .toList();
  }

  private static List<String> longNames(CommandSpec command) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      names.add(option.longestName());
      if (option.negatable()) {
        names.add(option.longestName().replaceFirst("--", "--no-"));
      }
    }
    return names;
  }

  private static String help(CommandSpec command) {
    return "; see " + command.qualifiedName() + " --help";
  }

  /** Without what picocli begins some of its messages with. */
  private static String unprefixed(String message) {
    return message.replaceFirst("^Error: ", "");
  }

  private static String decapitalised(String message) {
    return message.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + message.substring(1);
  }
}
