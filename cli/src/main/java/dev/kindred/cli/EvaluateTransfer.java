package dev.kindred.cli;

import dev.kindred.embedding.SavedEncoder;
import dev.kindred.evaluation.Transfer;
import dev.kindred.runtime.Json;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.vision.ImageViews;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Classifies examples of other tasks by linear classifiers. */
@Command(
    name = "transfer",
    description = {
      "Classify the examples of other tasks by linear classifiers on the frozen representations:",
      "images of each --task, beside the same network untrained and raw pixels; texts after",
      "SentEval, pairs of texts by |u - v| and u * v."
    })
final class EvaluateTransfer implements Callable<Integer> {
  private static final String PROTOCOL = "senteval";

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private LongTextsOption longTexts;

  @Mixin private TransferOptions options;

  @Mixin private ImageTransfer images;

  @Option(names = "--seed", paramLabel = "N", description = "What folds are drawn from (0).")
  private long seed;

  @Option(names = "--json", description = "End with the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (SavedEncoder.manifest(model.folder()).domain().equals(ImageViews.DOMAIN)) {
      images(out);
      return 0;
    }
    if (images.given()) {
      throw new IllegalArgumentException(
          "--task and --supervised are for images, but this encoder is not; leave them out");
    }
    options.check();
    try (SentenceEmbedder embedder = longTexts.load(model.folder())) {
      List<TransferTask> tasks = options.open();
      try {
        Map<String, TransferOutcome> outcomes = measure(tasks, embedder, out);
        LongTextsOption.report(embedder, out);
        if (json) {
          out.println(Json.line(line(outcomes, embedder.dimension())));
        }
      } finally {
        tasks.forEach(TransferTask::close);
      }
    }
    return 0;
  }

  private void images(PrintWriter out) {
    if (options.given() || longTexts.given()) {
      throw new IllegalArgumentException(
          "this encoder is for images; give --task SRC for each task, and nothing for texts");
    }
    Map<String, Object> line = new LinkedHashMap<>(images.measure(model.folder(), seed, out));
    line.put("measure", "transfer");
    line.put("seed", seed);
    if (json) {
      out.println(Json.line(line));
    }
  }

  /** Measures one task after the other, each printed when it is done. */
  private Map<String, TransferOutcome> measure(
      List<TransferTask> tasks, SentenceEmbedder embedder, PrintWriter out) {
    Transfer protocol = Transfer.sentEval(seed);
    out.println(
        "protocol %s: logistic regression on the features as they are, l2 of %s chosen by validation"
            .formatted(PROTOCOL, protocol.strengths()));
    out.println(TransferOutcome.header());
    Map<String, TransferOutcome> outcomes = new LinkedHashMap<>();
    for (TransferTask task : tasks) {
      TransferOutcome outcome = task.measure(embedder, protocol);
      outcomes.put(task.name(), outcome);
      out.println(outcome.line());
    }
    if (options.several()) {
      printAverage(outcomes, SentEvalTask.namesBut(outcomes.keySet()), out);
    }
    return outcomes;
  }

  private static void printAverage(
      Map<String, TransferOutcome> outcomes, String absent, PrintWriter out) {
    out.println(TransferOutcome.average(outcomes.size(), average(outcomes)));
    if (!absent.isEmpty()) {
      out.println("not there, and not in the average: " + absent);
    }
  }

  private Map<String, Object> line(Map<String, TransferOutcome> outcomes, int dimension) {
    Map<String, Object> line = new LinkedHashMap<>();
    if (options.several()) {
      outcomes.forEach((name, outcome) -> line.put(name, outcome.toMap()));
      line.put("average", average(outcomes));
    } else {
      outcomes.values().forEach(outcome -> line.putAll(outcome.toMap()));
    }
    line.put("measure", "transfer");
    line.put("protocol", PROTOCOL);
    line.put("seed", seed);
    line.put("dimension", dimension);
    return line;
  }

  private static double average(Map<String, TransferOutcome> outcomes) {
    return outcomes.values().stream()
        .mapToDouble(TransferOutcome::accuracy)
        .average()
        .orElseThrow();
  }
}
