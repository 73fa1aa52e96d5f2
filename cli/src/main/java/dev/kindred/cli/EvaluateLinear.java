package dev.kindred.cli;

import dev.kindred.evaluation.LinearProbe;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Classifies by a linear classifier. */
@Command(
    name = "linear",
    description = "Train a linear classifier on the frozen representations, and test it.")
final class EvaluateLinear implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private EvaluationOptions options;

  @Option(
      names = "--solver",
      paramLabel = "lbfgs|sgd",
      description =
          "lbfgs finds the best classifier; sgd follows the published protocol (${DEFAULT-VALUE}).")
  private Solver solver = Solver.LBFGS;

  @Option(names = "--seed", paramLabel = "N", description = "What sgd starts from (0).")
  private long seed;

  /** How the classifier is found. */
  private enum Solver {
    LBFGS,
    SGD
  }

  @Override
  public Integer call() {
    LinearProbe probe = solver == Solver.SGD ? LinearProbe.sgd(seed) : LinearProbe.logistic();
    options.evaluate(
        probe::evaluate,
        Map.of("measure", "linear", "solver", solver.name().toLowerCase(Locale.ROOT)),
        spec.commandLine().getOut());
    return 0;
  }
}
