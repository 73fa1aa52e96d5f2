package dev.kindred.cli;

import dev.kindred.evaluation.report.MetricLine;
import dev.kindred.evaluation.report.MetricsLog;
import dev.kindred.evaluation.report.RunSummary;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.RunFolder;
import dev.kindred.train.RunWarning;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What is known of a run, of any domain and finished or not; what is not is said. */
final class RunSummaries {
  /** What epochs log of the training itself rather than of what was learned. */
  private static final Set<String> OF_TRAINING = Set.of("examples_per_second", "learning_rate");

  private final String name;
  private final RunOrigin origin;
  private final RunFolder folder;
  private final List<String> missing = new ArrayList<>();

  private RunSummaries(String name, RunOrigin origin) {
    this.name = name;
    this.origin = origin;
    folder = origin.run();
  }

  /** Reads the run and, of images, measures its encoder. */
  static RunSummary of(String name, RunOrigin origin) {
    return new RunSummaries(name, origin).summary();
  }

  private RunSummary summary() {
    Map<String, String> facts = facts();
    List<MetricLine> log = tried("no metrics", List.of(), this::log);
    List<RunWarning> warnings = log.isEmpty() ? List.of() : MetricsLog.warnings(folder.metrics());
    Map<String, Double> results = new LinkedHashMap<>(measured());
    results.putAll(last(log));
    return new RunSummary(name, facts, log, warnings, results, missing);
  }

  private List<MetricLine> log() {
    List<MetricLine> log = MetricsLog.read(folder.metrics());
    if (log.isEmpty()) {
      throw new KindredException(folder.metrics() + " is empty");
    }
    return log;
  }

  private Map<String, String> facts() {
    if (origin.command().isEmpty()) {
      missing.add("no settings: the run was started by another program than kindred");
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", origin.command().isEmpty() ? "another program" : origin.command());
    origin.options().forEach((option, value) -> facts.put(option, String.valueOf(value)));
    if (finished()) {
      facts.putAll(tried("no versions", Map.of(), () -> RunFacts.versions(folder)));
    } else {
      missing.add("not finished: there is no encoder in it yet");
    }
    return facts;
  }

  /** What the last line of an epoch says. */
  private static Map<String, Double> last(List<MetricLine> log) {
    Map<String, Double> last = new LinkedHashMap<>();
    log.stream()
        .filter(line -> line.kind() == MetricLine.Kind.EPOCH)
        .flatMap(line -> line.values().entrySet().stream())
        .filter(metric -> !OF_TRAINING.contains(metric.getKey()))
        .forEach(metric -> last.put("last " + metric.getKey(), metric.getValue()));
    return last;
  }

  private boolean finished() {
    return Files.isDirectory(folder.encoder());
  }

  private Map<String, Double> measured() {
    if (!finished() || !origin.command().equals(ImageTraining.COMMAND)) {
      return Map.of();
    }
    return tried("no accuracies", Map.of(), this::accuracies);
  }

  private Map<String, Double> accuracies() {
    try (ImageTraining training = ImageTraining.of(origin);
        ImageModel model = ImageModel.load(folder.encoder())) {
      ReportData data = ReportData.of(training);
      if (data.bank() == null) {
        throw new KindredException("its images have no labels");
      }
      Comparison.Row row = Comparison.row("trained", model.embedder(), data.bank(), data.shown());
      Map<String, Double> accuracies = new LinkedHashMap<>();
      accuracies.put("kNN accuracy", row.knn().accuracy());
      accuracies.put("linear accuracy", row.linear().accuracy());
      return accuracies;
    }
  }

  /** What there is, or {@code otherwise} and a line on why. */
  private <T> T tried(String what, T otherwise, Supplier<T> source) {
    try {
      return source.get();
    } catch (KindredException | IllegalArgumentException e) {
      missing.add("%s: %s".formatted(what, e.getMessage()));
      return otherwise;
    }
  }
}
