package dev.kindred.cli;

import dev.kindred.evaluation.Classifier;
import dev.kindred.evaluation.FewLabels;
import dev.kindred.evaluation.Knn;
import dev.kindred.evaluation.LabelBudget;
import dev.kindred.evaluation.LinearProbe;
import dev.kindred.evaluation.Repeated;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Classifies from few labels. */
@Command(
    name = "few-shot",
    description = {
      "Learn classes from a small part of the training examples, test on all test examples, and do",
      "so again with other parts: the mean, and an interval over the draws."
    })
final class EvaluateFewShot implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private EvaluationOptions options;

  @Option(
      names = "--shots",
      paramLabel = "N,N",
      split = ",",
      description = "How many examples of each class; several are measured one after the other.")
  private @Nullable List<Integer> shots;

  @Option(
      names = "--labels",
      paramLabel = "X,X",
      split = ",",
      description =
          "Instead of --shots: which share of each class, such as 0.01,0.1. Unless either is given,"
              + " --shots 1,5,10.")
  private @Nullable List<Double> shares;

  @Option(names = "--repeats", paramLabel = "N", description = "How many draws (${DEFAULT-VALUE}).")
  private int repeats = FewLabels.DEFAULT_REPEATS;

  @Option(
      names = "--classifier",
      paramLabel = "linear|knn",
      description =
          "linear is logistic regression of strength 1 on standardised features; knn is DINO's, of"
              + " as many neighbours as there are at most (${DEFAULT-VALUE}).")
  private Way way = Way.LINEAR;

  @Option(names = "--seed", paramLabel = "N", description = "What is drawn derives from it (0).")
  private long seed;

  /** What learns. */
  private enum Way {
    LINEAR(LinearProbe.logistic()),
    KNN(Knn.dino());

    private final Classifier classifier;

    Way(Classifier classifier) {
      this.classifier = classifier;
    }
  }

  @Override
  public Integer call() {
    List<FewLabels> wanted =
        budgets().stream().map(budget -> new FewLabels(budget, repeats, seed)).toList();
    PrintWriter out = spec.commandLine().getOut();
    EvaluationOptions.Parts parts = options.parts(out);
    out.println(
        String.format(
            Locale.ROOT, "%-26s %6s  accuracy, mean of %d draws", "learned from", "rows", repeats));
    Map<String, Object> line = new LinkedHashMap<>();
    for (FewLabels few : wanted) {
      Repeated result = few.evaluate(way.classifier, parts.train(), parts.test());
      out.println(
          String.format(
              Locale.ROOT,
              "%-26s %6d  %.4f, 95 %% in %s",
              few.budget(),
              result.trainCount(),
              result.mean("accuracy"),
              result.interval("accuracy")));
      line.put(few.budget().toString(), result.toMap());
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("measure", "few-shot");
    whole.put("classifier", way.name().toLowerCase(Locale.ROOT));
    whole.put("seed", seed);
    whole.put("results", line);
    options.printJson(whole, parts, out);
    return 0;
  }

  private List<LabelBudget> budgets() {
    if (shots != null && shares != null) {
      throw new IllegalArgumentException("give --shots or --labels, not both");
    }
    List<LabelBudget> budgets = new ArrayList<>();
    if (shares != null) {
      shares.forEach(share -> budgets.add(LabelBudget.share(share)));
    } else {
      (shots == null ? List.of(1, 5, 10) : shots)
          .forEach(count -> budgets.add(LabelBudget.shots(count)));
    }
    return budgets;
  }
}
