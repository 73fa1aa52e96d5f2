package dev.kindred.cli;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Embeds a source into files. */
@Command(
    name = "embed",
    description =
        "Write the representations of a source as OUT.npy, with ids and labels in OUT.tsv beside"
            + " it.")
final class EmbedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DomainParameter domain;

  @Mixin private ModelOption model;

  @Mixin private SourceOption source;

  @Mixin private LongTextsOption longTexts;

  @Option(
      names = "--out",
      paramLabel = "OUT.npy",
      required = true,
      description = "The file to write.")
  private Path out;

  @Override
  public Integer call() {
    domain.require();
    EmbeddingFiles.labelsBeside(out);
    try (Model<?> encoder = Model.load(model.folder(), longTexts)) {
      long started = System.nanoTime();
      Embeddings embeddings = encoder.embed(source, Split.TRAIN);
      double seconds = (System.nanoTime() - started) * 1e-9;
      EmbeddingFiles.write(embeddings, out);
      print(embeddings, encoder.noun(), seconds);
      encoder.report(spec.commandLine().getOut());
      return 0;
    }
  }

  private void print(Embeddings embeddings, String noun, double seconds) {
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println(
        String.format(
            Locale.ROOT,
            "%d %s, %d numbers each, %.0f %s/s: %s",
            embeddings.size(),
            noun,
            embeddings.dimension(),
            embeddings.size() / seconds,
            noun,
            out));
    Path skipped = SkippedTable.beside(out);
    if (SkippedTable.write(embeddings.skipped(), skipped)) {
      terminal.println(
          "skipped %d that cannot be read, see %s".formatted(embeddings.skipped().size(), skipped));
    }
  }
}
