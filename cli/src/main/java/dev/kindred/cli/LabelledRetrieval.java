package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.HnswComparison;
import dev.kindred.evaluation.Relevance;
import dev.kindred.evaluation.Retrieval;
import dev.kindred.evaluation.RetrievalMetric;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Labelled rows, and where others of their classes are looked for.
 *
 * @param relevance what is right, unless nothing is
 */
record LabelledRetrieval(Embeddings bank, Embeddings queries, Relevance relevance) {
  private static final String VECTORS = ".npy";

  /** One set in another. */
  static LabelledRetrieval between(EvaluationOptions.Parts parts) {
    return new LabelledRetrieval(parts.train(), parts.test(), Relevance.sameClass());
  }

  /** One set in itself: a file of vectors, or a source for the encoder of {@code options}. */
  static LabelledRetrieval within(String source, EvaluationOptions options, PrintWriter out) {
    Embeddings set =
        source.endsWith(VECTORS) ? read(source, options) : embedded(source, options, out);
    return new LabelledRetrieval(set, set, Relevance.sameClass().withoutItself());
  }

  Retrieval measure(List<RetrievalMetric> metrics, boolean allowingNone) {
    return Retrieval.of(
        queries, bank, allowingNone ? relevance.allowingNone() : relevance, metrics);
  }

  /** Compares HNSW with exact search, and prints how. */
  HnswComparison compare(int k, int ef, PrintWriter out) {
    HnswComparison comparison = HnswComparison.of(bank, queries.vectors(), k, Math.max(k, ef));
    comparison.lines().forEach(out::println);
    return comparison;
  }

  private static Embeddings read(String npy, EvaluationOptions options) {
    if (options.model != null || options.columns.given() || options.longTexts.given()) {
      throw new IllegalArgumentException(
          "--within %s holds vectors already, so --model and what belongs to it are of no use; leave them out"
              .formatted(npy));
    }
    return EmbeddingFiles.read(Path.of(npy));
  }

  private static Embeddings embedded(String source, EvaluationOptions options, PrintWriter out) {
    if (options.model == null) {
      throw new IllegalArgumentException(
          "--model must be given with --within %s; only a file of vectors, X.npy, needs none"
              .formatted(source));
    }
    try (Model<?> encoder = Model.load(ModelOption.resolve(options.model), options.longTexts)) {
      Embeddings set = embedded(encoder, source, options.columns);
      encoder.report(out);
      return set;
    }
  }

  private static <E> Embeddings embedded(Model<E> encoder, String source, LabelledColumns columns) {
    try (Dataset<E> data = encoder.labelled(source, Split.TEST, columns)) {
      return encoder.embedder().embed(data);
    }
  }
}
