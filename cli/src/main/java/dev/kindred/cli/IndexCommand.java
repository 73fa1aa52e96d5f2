package dev.kindred.cli;

import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.HnswIndex;
import dev.kindred.evaluation.HnswSettings;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an index of vectors, or adds to one. */
@Command(
    name = "index",
    description = {
      "Make an index that finds the nearest of many vectors quickly, if not always all of them, or",
      "add to one; kindred search --index DIR searches it."
    })
final class IndexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DomainParameter domain;

  @Mixin private EmbeddingsOption source;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The index's folder, new or empty, or with --add an index.")
  private Path out;

  @Option(names = "--add", description = "Add to the index that is there.")
  private boolean add;

  @Option(
      names = "--m",
      paramLabel = "N",
      description =
          "How many connections a vector makes (16); more find more, and take more memory.")
  private @Nullable Integer m;

  @Option(
      names = "--ef-construction",
      paramLabel = "N",
      description = "How many candidates are kept while building (100); more find more, slowly.")
  private @Nullable Integer efConstruction;

  @Override
  public Integer call() {
    domain.require();
    HnswSettings settings = settings();
    requirePlace();
    Embeddings rows = source.read(Split.ALL, spec.commandLine().getOut());
    long started = System.nanoTime();
    if (add) {
      HnswIndex.add(out, rows);
    } else {
      HnswIndex.create(out, rows, settings);
    }
    print(rows, (System.nanoTime() - started) * 1e-9);
    return 0;
  }

  private HnswSettings settings() {
    if (add && (m != null || efConstruction != null)) {
      throw new IllegalArgumentException(
          "--m and --ef-construction are settled when an index is made, not with --add; leave them"
              + " out");
    }
    return new HnswSettings(
        m == null ? HnswSettings.DEFAULT_M : m,
        efConstruction == null ? HnswSettings.DEFAULT_EF_CONSTRUCTION : efConstruction);
  }

  /** Before anything is embedded. */
  private void requirePlace() {
    if (add) {
      HnswIndex.open(out).close();
    } else {
      HnswIndex.requireNew(out);
    }
  }

  private void print(Embeddings rows, double seconds) {
    PrintWriter terminal = spec.commandLine().getOut();
    int size;
    try (HnswIndex index = HnswIndex.open(out)) {
      size = index.size();
    }
    terminal.println(
        String.format(
            Locale.ROOT,
            "%d vectors, %d numbers each, %d of them added in %.1f s: %s",
            size,
            rows.dimension(),
            rows.size(),
            seconds,
            out));
  }
}
