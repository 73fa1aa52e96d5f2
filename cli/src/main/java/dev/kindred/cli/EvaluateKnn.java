package dev.kindred.cli;

import dev.kindred.evaluation.Knn;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Classifies by nearest neighbours. */
@Command(
    name = "knn",
    description = "Classify each test example by the weighted votes of its nearest neighbours.")
final class EvaluateKnn implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private EvaluationOptions options;

  @Option(
      names = {"-k", "--k"},
      paramLabel = "N",
      description = "How many neighbours vote (${DEFAULT-VALUE}).")
  private int k = Knn.DEFAULT_K;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = "The lower, the more the nearest count (${DEFAULT-VALUE}).")
  private double temperature = Knn.DEFAULT_TEMPERATURE;

  @Override
  public Integer call() {
    Knn knn = new Knn(k, temperature);
    options.evaluate(
        knn::evaluate,
        Map.of("measure", "knn", "k", k, "temperature", temperature),
        spec.commandLine().getOut());
    return 0;
  }
}
