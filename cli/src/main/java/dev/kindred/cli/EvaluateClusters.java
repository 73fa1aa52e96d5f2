package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.ClusterAgreement;
import dev.kindred.evaluation.Clusters;
import dev.kindred.evaluation.KMeans;
import dev.kindred.runtime.Json;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Groups by k-means. */
@Command(
    name = "clusters",
    description = {
      "Group the representations by k-means, and compare the groups with the labels, if there",
      "are any."
    })
final class EvaluateClusters implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private EmbeddingsOption embeddings;

  @Option(
      names = {"-k", "--k"},
      paramLabel = "N",
      description = "How many groups (as many as there are classes).")
  private @Nullable Integer k;

  @Option(
      names = "--spherical",
      description = "Compare directions, as cosine does, instead of the vectors as they are.")
  private boolean spherical;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description = "How many starts are tried; the tightest groups stay (${DEFAULT-VALUE}).")
  private int restarts = KMeans.DEFAULT_RESTARTS;

  @Option(names = "--seed", paramLabel = "N", description = "What the starts are drawn from (0).")
  private long seed;

  @Option(names = "--json", description = "End with the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Embeddings rows = embeddings.read(Split.TRAIN, out);
    KMeans kMeans =
        new KMeans(groups(rows), spherical, restarts, KMeans.DEFAULT_MAX_ITERATIONS, seed);
    Clusters found = kMeans.cluster(rows);
    print(found, out);
    Map<String, Object> line = new LinkedHashMap<>();
    if (rows.labelled()) {
      ClusterAgreement agreement = ClusterAgreement.of(found, rows);
      agreement.lines().forEach(out::println);
      line.putAll(agreement.toMap());
    } else {
      out.println(unlabelled(rows));
    }
    if (json) {
      line.putAll(settings(kMeans, rows));
      line.putAll(result(found));
      out.println(Json.line(line));
    }
    return 0;
  }

  private int groups(Embeddings rows) {
    if (k != null) {
      return k;
    }
    if (!rows.labelled()) {
      throw new IllegalArgumentException("--k must be given, for %s".formatted(unlabelled(rows)));
    }
    return (int) Arrays.stream(rows.labels()).distinct().count();
  }

  private static String unlabelled(Embeddings rows) {
    long without = Arrays.stream(rows.labels()).filter(label -> label == Dataset.NO_LABEL).count();
    return without == rows.size()
        ? "there are no labels to compare with"
        : "%d of %d rows have no label to compare with".formatted(without, rows.size());
  }

  private static void print(Clusters found, PrintWriter out) {
    out.println(
        String.format(
            Locale.ROOT,
            "%d clusters, inertia %.6g, %d iterations%s",
            found.count(),
            found.inertia(),
            found.iterations(),
            found.converged() ? "" : ", not settled yet"));
    out.println(
        "rows in each, most first: "
            + sizes(found).stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  private static List<Integer> sizes(Clusters found) {
    return Arrays.stream(found.sizes()).boxed().sorted((a, b) -> Integer.compare(b, a)).toList();
  }

  private static Map<String, Object> settings(KMeans kMeans, Embeddings rows) {
    return Map.of(
        "measure", "clusters",
        "k", kMeans.clusters(),
        "spherical", kMeans.spherical(),
        "restarts", kMeans.restarts(),
        "seed", kMeans.seed(),
        "count", rows.size(),
        "dimension", rows.dimension());
  }

  private static Map<String, Object> result(Clusters found) {
    return Map.of(
        "inertia", found.inertia(),
        "iterations", found.iterations(),
        "converged", found.converged(),
        "sizes", sizes(found));
  }
}
