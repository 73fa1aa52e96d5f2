package dev.kindred.cli;

import dev.kindred.evaluation.ExactSearch;
import dev.kindred.evaluation.HnswIndex;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Names;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds what is most like a picture or a text. */
@Command(
    name = "search",
    description = {
      "Print what is nearest to an image or a text, by cosine similarity: of --data exactly, of an",
      "index (kindred index) quickly, and now and then without one that is nearer."
    })
final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DomainParameter domain;

  @ArgGroup(exclusive = false)
  private @Nullable ModelOption model;

  @ArgGroup(exclusive = false)
  private @Nullable SourceOption source;

  @Mixin private LongTextsOption longTexts;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "Instead of --data: an index made with the same model.")
  private @Nullable Path index;

  @Option(
      names = "--query",
      paramLabel = "FILE|TEXT",
      description = "The image or the text to look for.")
  private @Nullable String query;

  @Option(
      names = "--row",
      paramLabel = "ID",
      description = "Instead of --model and --query: the row of the index to look for others like.")
  private @Nullable String row;

  @Option(
      names = {"-k", "--k"},
      paramLabel = "N",
      description = "How many to print (${DEFAULT-VALUE}).")
  private int k = 10;

  @Option(
      names = "--ef",
      paramLabel = "N",
      description =
          "With --index: how many candidates are kept (${DEFAULT-VALUE}); more miss fewer, slowly.")
  private int ef = HnswIndex.DEFAULT_EF;

  @Override
  public Integer call() {
    domain.require();
    if (k < 1) {
      throw new IllegalArgumentException("-k must be >= 1, was " + k);
    }
    if (row != null && index != null && query == null && model == null && source == null) {
      likeRow(index, row);
    } else if (row != null
        || query == null
        || model == null
        || (index == null) == (source == null)) {
      throw new IllegalArgumentException(
          "give --model, --query and --data; or --model, --query and --index; or --index and --row");
    } else {
      likeQuery(model, query);
    }
    return 0;
  }

  private void likeQuery(ModelOption option, String wanted) {
    try (Model<?> encoder = Model.load(option.folder(), longTexts)) {
      float[] vector = encoder.query(wanted);
      if (source != null) {
        try (ExactSearch search = new ExactSearch(encoder.embed(source, Split.ALL))) {
          print(search.nearest(vector, k), encoder::shown);
        }
      } else if (index != null) {
        try (HnswIndex search = HnswIndex.open(index)) {
          print(nearest(search, vector, k), Neighbour::id);
        }
      }
      encoder.report(spec.commandLine().getOut());
    }
  }

  private void likeRow(Path folder, String id) {
    try (HnswIndex search = HnswIndex.open(folder)) {
      int wanted = search.ids().indexOf(id);
      if (wanted < 0) {
        throw new KindredException(
            "%s: no row has the id \"%s\"%s"
                .formatted(
                    folder,
                    id,
                    Names.nearest(id, search.ids())
                        .map(near -> "; did you mean %s?".formatted(near))
                        .orElse("; check what was indexed")));
      }
      List<Neighbour> found =
          nearest(search, search.vector(wanted), k + 1).stream()
              .filter(one -> one.row() != wanted)
              .limit(k)
              .toList();
      print(found, Neighbour::id);
    }
  }

  private List<Neighbour> nearest(HnswIndex search, float[] vector, int count) {
    return search.nearest(new float[][] {vector}, count, Math.max(count, ef)).get(0);
  }

  private void print(List<Neighbour> found, Function<Neighbour, String> shown) {
    PrintWriter out = spec.commandLine().getOut();
    for (int rank = 0; rank < found.size(); rank++) {
      Neighbour one = found.get(rank);
      out.println(
          String.format(
              Locale.ROOT, "%4d  %.4f  %s", rank + 1, one.similarity(), shown.apply(one)));
    }
  }
}
