package dev.kindred.cli;

import dev.kindred.evaluation.Classification;
import dev.kindred.evaluation.LinearProbe;
import dev.kindred.evaluation.Transfer;
import dev.kindred.evaluation.TransferResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
          "lbfgs finds the best classifier on standardised features; sgd follows the published"
              + " protocol of 100 epochs (${DEFAULT-VALUE}).")
  private Solver solver = Solver.LBFGS;

  @Option(
      names = "--l2",
      paramLabel = "X",
      description =
          "For lbfgs: the strength of the regularisation; unless given, of 1000 to 0.1 the one that"
              + " classifies a tenth of the training rows best by what the others teach.")
  private @Nullable Double l2;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What sgd starts from, and what the tenth is drawn from (0).")
  private long seed;

  /** How the classifier is found. */
  private enum Solver {
    LBFGS,
    SGD
  }

  @Override
  public Integer call() {
    if (l2 != null && solver == Solver.SGD) {
      throw new IllegalArgumentException("--l2 is for --solver lbfgs; leave it out");
    }
    PrintWriter out = spec.commandLine().getOut();
    EvaluationOptions.Parts parts = options.parts(out);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("measure", "linear");
    settings.put("solver", solver.name().toLowerCase(Locale.ROOT));
    settings.put("seed", seed);
    options.print(measure(parts, settings, out), settings, parts, out);
    return 0;
  }

  private Classification measure(
      EvaluationOptions.Parts parts, Map<String, Object> settings, PrintWriter out) {
    if (solver == Solver.SGD) {
      return LinearProbe.sgd(seed).evaluate(parts.train(), parts.test());
    }
    if (l2 != null) {
      settings.put("l2", l2);
      return LinearProbe.logistic().withL2(l2).evaluate(parts.train(), parts.test());
    }
    TransferResult chosen = Transfer.defaults(seed).evaluate(parts.train(), parts.test());
    out.println(
        String.format(
            Locale.ROOT,
            "l2 %s, chosen by accuracy %.4f on a tenth of the training rows",
            chosen.l2(),
            chosen.validationAccuracy()));
    settings.put("l2", chosen.l2());
    settings.put("validation_accuracy", chosen.validationAccuracy());
    return chosen.test();
  }
}
