package dev.kindred.cli;

import dev.kindred.evaluation.Knn;
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

/** Classifies by nearest neighbours. */
@Command(
    name = "knn",
    description = "Classify each test example by the weighted votes of its nearest neighbours.")
final class EvaluateKnn implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private EvaluationOptions options;

  @Option(
      names = "--protocol",
      paramLabel = "lightly|dino",
      description =
          "Whose settings: lightly's 200 neighbours at temperature .1, or DINO's 20 at .07"
              + " (${DEFAULT-VALUE}).")
  private Protocol protocol = Protocol.LIGHTLY;

  @Option(
      names = {"-k", "--k"},
      paramLabel = "N",
      description = "How many neighbours vote, instead of the protocol's.")
  private @Nullable Integer k;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = "The lower, the more the nearest count; instead of the protocol's.")
  private @Nullable Double temperature;

  /** Whose settings. */
  private enum Protocol {
    LIGHTLY(Knn.defaults()),
    DINO(Knn.dino());

    private final Knn settings;

    Protocol(Knn settings) {
      this.settings = settings;
    }
  }

  @Override
  public Integer call() {
    Knn wanted =
        new Knn(
            k == null ? protocol.settings.k() : k,
            temperature == null ? protocol.settings.temperature() : temperature);
    PrintWriter out = spec.commandLine().getOut();
    EvaluationOptions.Parts parts = options.parts(out);
    Knn knn = fitting(wanted, parts.train().size());
    boolean changed = !knn.equals(protocol.settings);
    String name = protocol.name().toLowerCase(Locale.ROOT) + (changed ? ", changed" : "");
    out.println(
        "protocol %s: %d neighbours, temperature %s".formatted(name, knn.k(), knn.temperature()));
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("measure", "knn");
    settings.put("protocol", name);
    settings.put("k", knn.k());
    settings.put("temperature", knn.temperature());
    options.print(knn.evaluate(parts.train(), parts.test()), settings, parts, out);
    return 0;
  }

  /** The protocols' own number is cut to the bank, which the result says; one's own is not. */
  private Knn fitting(Knn wanted, int bank) {
    if (k != null && k > bank) {
      throw new IllegalArgumentException(
          "k must be at most the %d training rows, was %d".formatted(bank, k));
    }
    return new Knn(Math.min(wanted.k(), bank), wanted.temperature());
  }
}
