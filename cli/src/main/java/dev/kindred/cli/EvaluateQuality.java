package dev.kindred.cli;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.Quality;
import dev.kindred.evaluation.ViewAgreement;
import dev.kindred.runtime.Json;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at representations without labels. */
@Command(
    name = "quality",
    description = {
      "Measure representations without labels: how they fill their space, whether neighbours",
      "are to be trusted, and what is in the set twice."
    })
final class EvaluateQuality implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private EmbeddingsOption embeddings;

  @Option(
      names = "--other-view",
      paramLabel = "Y.npy",
      description =
          "Vectors of other views of the same examples, with their ids in Y.tsv: adds how far the"
              + " views agree.")
  private @Nullable Path otherView;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Of how many rows pairs and neighbours are, at most (${DEFAULT-VALUE}).")
  private int sample = Quality.DEFAULT_SAMPLE;

  @Option(names = "--seed", paramLabel = "N", description = "What the sample is drawn from (0).")
  private long seed;

  @Option(names = "--json", description = "End with the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Embeddings rows = embeddings.read(Split.TRAIN, out);
    Quality quality = Quality.of(rows, sample, seed);
    quality.lines().forEach(out::println);
    Map<String, Object> line = new LinkedHashMap<>(quality.toMap());
    if (otherView != null) {
      ViewAgreement agreement =
          ViewAgreement.of(rows, EmbeddingFiles.read(otherView), sample, seed);
      agreement.lines().forEach(out::println);
      line.putAll(agreement.toMap());
    }
    if (json) {
      line.put("measure", "quality");
      line.put("seed", seed);
      out.println(Json.line(line));
    }
    return 0;
  }
}
