package dev.kindred.cli;

import dev.kindred.embedding.Embeddings;
import dev.kindred.vision.data.Split;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds what is most like a picture. */
@Command(
    name = "search",
    description =
        "Print the images of a source that are nearest to one, by cosine similarity, exactly.")
final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DomainParameter domain;

  @Mixin private ModelOption model;

  @Option(
      names = "--data",
      paramLabel = "SRC",
      required = true,
      description = "What is searched: a folder of images, cifar10:DIR, cifar100:DIR or mnist:DIR.")
  private String data;

  @Option(
      names = "--split",
      paramLabel = "train|test|all",
      description = "The part of SRC, where it has parts (all).")
  private Split split = Split.ALL;

  @Option(
      names = "--query",
      paramLabel = "FILE",
      required = true,
      description = "The image to look for.")
  private Path query;

  @Option(
      names = {"-k", "--k"},
      paramLabel = "N",
      description = "How many to print (${DEFAULT-VALUE}).")
  private int k = 10;

  /** One row of the source, and how near it is. */
  private record Hit(int row, double similarity) {}

  @Override
  public Integer call() {
    domain.require();
    if (k < 1) {
      throw new IllegalArgumentException("-k must be >= 1, was " + k);
    }
    try (ImageModel encoder = ImageModel.load(model.folder())) {
      float[] wanted = encoder.embedder().embed(query);
      Embeddings all = encoder.embed(data, split);
      List<Hit> hits = nearest(wanted, all.vectors());
      for (int rank = 0; rank < hits.size(); rank++) {
        print(rank + 1, hits.get(rank), all);
      }
    }
    return 0;
  }

  private void print(int rank, Hit hit, Embeddings all) {
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT, "%4d  %.4f  %s", rank, hit.similarity(), all.ids().get(hit.row())));
  }

  private List<Hit> nearest(float[] wanted, float[][] rows) {
    return IntStream.range(0, rows.length)
        .parallel()
        .mapToObj(row -> new Hit(row, cosine(wanted, rows[row])))
        .sorted(Comparator.comparingDouble(Hit::similarity).reversed().thenComparing(Hit::row))
        .limit(k)
        .toList();
  }

  private static double cosine(float[] a, float[] b) {
    double lengths = Math.sqrt(dot(a, a) * dot(b, b));
    return lengths == 0 ? 0 : dot(a, b) / lengths;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
