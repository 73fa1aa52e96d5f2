package dev.kindred.cli;

import dev.kindred.evaluation.ExactSearch;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds what is most like a picture or a text. */
@Command(
    name = "search",
    description =
        "Print what of a source is nearest to an image or a text, by cosine similarity, exactly.")
final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DomainParameter domain;

  @Mixin private ModelOption model;

  @Mixin private SourceOption source;

  @Mixin private LongTextsOption longTexts;

  @Option(
      names = "--query",
      paramLabel = "FILE|TEXT",
      required = true,
      description = "The image or the text to look for.")
  private String query;

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
    try (Model<?> encoder = Model.load(model.folder(), longTexts)) {
      float[] wanted = encoder.query(query);
      try (ExactSearch search = new ExactSearch(encoder.embed(source, Split.ALL))) {
        print(search.nearest(wanted, k), encoder);
        encoder.report(spec.commandLine().getOut());
      }
    }
    return 0;
  }

  private void print(List<Neighbour> found, Model<?> encoder) {
    PrintWriter out = spec.commandLine().getOut();
    for (int rank = 0; rank < found.size(); rank++) {
      Neighbour one = found.get(rank);
      out.println(
          String.format(
              Locale.ROOT, "%4d  %.4f  %s", rank + 1, one.similarity(), encoder.shown(one)));
    }
  }
}
