package dev.kindred.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the encoders. */
@Command(name = "encoders", description = "List the encoders.")
final class EncodersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Catalogues.ENCODERS.lines().forEach(spec.commandLine().getOut()::println);
    Catalogues.TEXT_ENCODERS.lines().forEach(spec.commandLine().getOut()::println);
    RlNetworks.ENCODERS.lines().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
