package dev.kindred.cli;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The vectors of one source, for measures that learn nothing: made by an encoder, or read. */
final class EmbeddingsOption {
  @ArgGroup(exclusive = false)
  private @Nullable ModelOption model;

  @ArgGroup(exclusive = false)
  private @Nullable SourceOption source;

  @Mixin private LongTextsOption longTexts;

  @Option(
      names = "--embeddings",
      paramLabel = "X.npy",
      description = "Instead of --model and --data: vectors, with X.tsv of ids and labels.")
  private @Nullable Path embeddings;

  /**
   * Makes or reads them, and says what could not be embedded.
   *
   * @param usual the part of a source with parts, unless told
   */
  Embeddings read(Split usual, PrintWriter out) {
    if (embeddings == null) {
      return embedded(usual, out);
    }
    if (model != null || source != null || longTexts.given()) {
      throw new IllegalArgumentException("give either --model and --data, or --embeddings");
    }
    return EmbeddingFiles.read(embeddings);
  }

  private Embeddings embedded(Split usual, PrintWriter out) {
    if (model == null || source == null) {
      throw new IllegalArgumentException("--model and --data must be given, or --embeddings");
    }
    try (Model<?> encoder = Model.load(model.folder(), longTexts)) {
      Embeddings made = encoder.embed(source, usual);
      encoder.report(out);
      if (!made.skipped().isEmpty()) {
        out.println(
            "skipped %d that cannot be read; the first is %s"
                .formatted(made.skipped().size(), made.skipped().get(0).getMessage()));
      }
      return made;
    }
  }
}
