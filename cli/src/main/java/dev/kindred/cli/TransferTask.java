package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.CrossValidation;
import dev.kindred.evaluation.PairFeatures;
import dev.kindred.evaluation.Transfer;
import dev.kindred.evaluation.TransferResult;
import dev.kindred.text.TextExample;
import org.jspecify.annotations.Nullable;

/**
 * A task of labelled texts or pairs as its authors split it.
 *
 * @param name what it is called
 * @param training what is learned from; all there is where {@code test} is null
 * @param validation what chooses; null if a part of {@code training} is to
 * @param test what is classified; null if parts of {@code training} are to
 */
record TransferTask(
    String name,
    Dataset<TextExample> training,
    @Nullable Dataset<TextExample> validation,
    @Nullable Dataset<TextExample> test)
    implements AutoCloseable {

  /**
   * Checks that no table is used for two things.
   *
   * @throws IllegalArgumentException if it is
   */
  TransferTask {
    requireOther("--train", training, "--test", test);
    requireOther("--validation", validation, "--test", test);
    requireOther("--train", training, "--validation", validation);
  }

  /** Embeds, trains and tests. */
  TransferOutcome measure(Embedder<TextExample> embedder, Transfer protocol) {
    Embeddings rows = features(embedder, training);
    if (test == null) {
      CrossValidation result = protocol.crossValidate(rows);
      return new TransferOutcome(
          name, result.pooled(), result.accuracy(), result.toMap(), folds(result));
    }
    Embeddings asked = features(embedder, test);
    TransferResult result =
        validation == null
            ? protocol.evaluate(rows, asked)
            : protocol.evaluate(rows, features(embedder, validation), asked);
    return new TransferOutcome(
        name, result.test(), result.test().accuracy(), result.toMap(), chosen(result));
  }

  private static void requireOther(
      String one, @Nullable Dataset<?> first, String other, @Nullable Dataset<?> second) {
    if (first != null && second != null) {
      EvaluationOptions.requireOther(one, first, other, second);
    }
  }

  /** A row for each text, or for each pair. */
  private static Embeddings features(Embedder<TextExample> embedder, Dataset<TextExample> data) {
    return data.get(0).parts().size() == 1
        ? embedder.embed(data)
        : PairFeatures.embed(embedder, data, pair -> part(pair, 0), pair -> part(pair, 1));
  }

  private static TextExample part(TextExample pair, int part) {
    return TextExample.of(pair.parts().get(part));
  }

  private static String folds(CrossValidation result) {
    return "%d folds, deviation %s"
        .formatted(result.folds().size(), TransferOutcome.percent(result.deviation()));
  }

  private String chosen(TransferResult result) {
    return "trained on %d, l2 %s, validation %s"
        .formatted(
            training.size(), result.l2(), TransferOutcome.percent(result.validationAccuracy()));
  }

  @Override
  public void close() {
    training.close();
    if (validation != null) {
      validation.close();
    }
    if (test != null) {
      test.close();
    }
  }
}
