package dev.kindred.cli;

import dev.kindred.evaluation.PairSimilarity;
import dev.kindred.runtime.Json;
import dev.kindred.text.SentenceEmbedder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares similarities with those that people gave. */
@Command(
    name = "sts",
    description = {
      "Correlate cosines with the scores of sentence pairs, in tables with the columns score,",
      "sentence1 and sentence2, or SICK as it is published, of which the test part is read;",
      "SimCSE's protocol is all, other papers print mean or wmean."
    })
final class EvaluateSts implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Mixin private LongTextsOption longTexts;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      required = true,
      split = ",",
      description = "The tables, with commas between them; of several, the average is printed too.")
  private List<Path> test;

  @Option(names = "--json", description = "End with the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, PairSimilarity> results = new LinkedHashMap<>();
    PrintWriter out = spec.commandLine().getOut();
    try (SentenceEmbedder embedder = longTexts.load(model.folder())) {
      for (Path file : test) {
        PairSimilarity result = TextPairs.compare(file, embedder, TextPairs.read(file));
        out.println(file.getFileName());
        result.lines().forEach(line -> out.println("  " + line));
        results.put(String.valueOf(file.getFileName()), result);
      }
      LongTextsOption.report(embedder, out);
    }
    double average = PairSimilarity.average(results.values());
    out.println(
        String.format(
            Locale.ROOT, "average of %d (spearman, all) %.2f", results.size(), 100 * average));
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      results.forEach((name, result) -> line.put(name, result.toMap()));
      line.put("average", average);
      out.println(Json.line(line));
    }
    return 0;
  }
}
