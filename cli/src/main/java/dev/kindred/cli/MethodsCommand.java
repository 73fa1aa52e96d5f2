package dev.kindred.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the methods. */
@Command(name = "methods", description = "List the self-supervised methods.")
final class MethodsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Catalogues.METHODS.lines().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
