package dev.kindred.cli;

import dev.kindred.evaluation.ExactSearch;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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

  @Mixin private SourceOption source;

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

  @Override
  public Integer call() {
    domain.require();
    if (k < 1) {
      throw new IllegalArgumentException("-k must be >= 1, was " + k);
    }
    try (ImageModel encoder = ImageModel.load(model.folder())) {
      float[] wanted = encoder.embedder().embed(query);
      try (ExactSearch search =
          new ExactSearch(encoder.embed(source.data(), source.split(Split.ALL)))) {
        print(search.nearest(wanted, k));
      }
    }
    return 0;
  }

  private void print(List<Neighbour> found) {
    PrintWriter out = spec.commandLine().getOut();
    for (int rank = 0; rank < found.size(); rank++) {
      Neighbour one = found.get(rank);
      out.println(
          String.format(Locale.ROOT, "%4d  %.4f  %s", rank + 1, one.similarity(), one.id()));
    }
  }
}
