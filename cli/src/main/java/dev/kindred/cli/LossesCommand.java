package dev.kindred.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the losses. */
@Command(name = "losses", description = "List the loss functions.")
final class LossesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Catalogues.LOSSES.lines().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
