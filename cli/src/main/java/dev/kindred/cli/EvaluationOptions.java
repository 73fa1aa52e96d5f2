package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.Classification;
import dev.kindred.evaluation.SetCheck;
import dev.kindred.runtime.Json;
import dev.kindred.vision.data.Split;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a measure is taken on, and how it is printed. */
final class EvaluationOptions {
  @Option(
      names = "--model",
      paramLabel = "M",
      description = "A saved encoder, such as RUN/encoder; RUN means the same.")
  @Nullable Path model;

  @Option(
      names = "--train",
      paramLabel = "SRC",
      description =
          "Labelled images to learn from, where SRC has parts, its train part; or a table of"
              + " labelled texts.")
  private @Nullable String train;

  @Option(
      names = "--train-first",
      paramLabel = "N",
      description = "Learn from the first N of --train only; from all unless given.")
  private @Nullable Integer trainFirst;

  @Option(
      names = "--test",
      paramLabel = "SRC",
      description =
          "Labelled images to classify, where SRC has parts, its test part; or a table of labelled"
              + " texts.")
  private @Nullable String test;

  @Mixin LabelledColumns columns;

  @Mixin LongTextsOption longTexts;

  @Option(
      names = "--train-embeddings",
      paramLabel = "X.npy",
      description = "Instead of --model and --train: vectors, with X.tsv of ids and labels.")
  private @Nullable Path trainEmbeddings;

  @Option(
      names = "--test-embeddings",
      paramLabel = "X.npy",
      description = "Instead of --model and --test.")
  private @Nullable Path testEmbeddings;

  @Option(names = "--json", description = "End with the result as one line of JSON.")
  boolean json;

  /**
   * Representations to learn from and to classify.
   *
   * @param warnings what is suspicious of them
   */
  record Parts(Embeddings train, Embeddings test, List<String> warnings) {
    static Parts of(Embeddings train, Embeddings test) {
      return new Parts(train, test, SetCheck.warnings(train, test));
    }
  }

  /** Prints a result and, if it was asked for, everything as one line of JSON. */
  void print(Classification result, Map<String, Object> more, Parts parts, PrintWriter out) {
    ClassificationTable.lines(result).forEach(out::println);
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>(result.toMap());
      line.putAll(more);
      printJson(line, parts, out);
    }
  }

  /** Prints {@code line} as JSON, if that was asked for, with what was measured on. */
  void printJson(Map<String, Object> line, Parts parts, PrintWriter out) {
    if (json) {
      Map<String, Object> whole = new LinkedHashMap<>(line);
      whole.putIfAbsent("train_count", parts.train().size());
      whole.put("dimension", parts.train().dimension());
      whole.put("warnings", parts.warnings());
      out.println(Json.line(whole));
    }
  }

  /** Whether it is said what to learn from or what to classify. */
  boolean partsGiven() {
    return Stream.of(train, trainFirst, test, trainEmbeddings, testEmbeddings)
        .anyMatch(Objects::nonNull);
  }

  /** Opens and embeds what the options name, and says what is suspicious of it. */
  Parts parts(PrintWriter out) {
    Parts parts = read(out);
    parts.warnings().forEach(warning -> out.println("warning: " + warning));
    return parts;
  }

  private Parts read(PrintWriter out) {
    if (trainEmbeddings != null && testEmbeddings != null) {
      refuse(
          Stream.of(model, train, test, trainFirst).anyMatch(Objects::nonNull)
              || columns.given()
              || longTexts.given());
      return Parts.of(EmbeddingFiles.read(trainEmbeddings), EmbeddingFiles.read(testEmbeddings));
    }
    refuse(trainEmbeddings != null || testEmbeddings != null);
    if (model == null || train == null || test == null) {
      throw new IllegalArgumentException(
          "--model, --train and --test must be given, or --train-embeddings and --test-embeddings");
    }
    try (Model<?> encoder = Model.load(ModelOption.resolve(model), longTexts)) {
      Parts parts = embedded(encoder, train, test);
      encoder.report(out);
      return parts;
    }
  }

  private static void refuse(boolean mixed) {
    if (mixed) {
      throw new IllegalArgumentException(
          "give either --model, --train and --test, or --train-embeddings and --test-embeddings");
    }
  }

  private <E> Parts embedded(Model<E> encoder, String from, String to) {
    try (Dataset<E> learned = encoder.labelled(from, Split.TRAIN, columns);
        Dataset<E> asked = encoder.labelled(to, Split.TEST, columns)) {
      requireOther("--train", learned, "--test", asked);
      return Parts.of(
          encoder.embedder().embed(Subsets.first(learned, trainFirst)),
          encoder.embedder().embed(asked));
    }
  }

  /** What is learned by heart says nothing. */
  static void requireOther(String learned, Dataset<?> train, String asked, Dataset<?> test) {
    if (train.description().equals(test.description())) {
      throw new IllegalArgumentException(
          "%s and %s must differ, but both are %s; give another one, or, of images, a folder with folders train and test in it"
              .formatted(learned, asked, train.description()));
    }
  }
}
