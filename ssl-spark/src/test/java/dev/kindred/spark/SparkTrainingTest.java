package dev.kindred.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kindred.distributed.WorkerOptions;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.method.SimCse;
import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.PieceWeights;
import dev.kindred.text.StaticEncoder;
import dev.kindred.text.TextExample;
import dev.kindred.text.TextViews;
import dev.kindred.text.Tokens;
import dev.kindred.text.data.GeneratedParaphrases;
import dev.kindred.text.tokenizer.LetterGrams;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.train.Pretraining;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalCluster.class)
class SparkTrainingTest {
  private static final int BATCH = 16;

  @TempDir private Path folder;

  @Test
  void executorsTrainTogetherAndTheFirstWrites() {
    File run = folder.resolve("run").toFile();
    SparkTraining.run(
        LocalCluster.session(),
        LocalCluster.EXECUTORS,
        WorkerOptions.defaults(),
        workers -> training(workers, run, BATCH).run());
    assertThat(run.toPath().resolve("encoder").resolve(SavedEncoder.MANIFEST)).exists();
  }

  @Test
  void whatAWorkerRefusesIsSaidInOneLine() {
    File run = folder.resolve("run").toFile();
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(
            () ->
                SparkTraining.run(
                    LocalCluster.session(),
                    LocalCluster.EXECUTORS,
                    WorkerOptions.defaults(),
                    workers -> training(workers, run, BATCH + workers.rank()).run()))
        .withMessageContaining("batchSize");
  }

  private static Pretraining<TextExample, Tokens> training(
      Collectives workers, File run, int batchSize) {
    GeneratedParaphrases examples = GeneratedParaphrases.of(64, 1);
    List<String> texts =
        IntStream.range(0, examples.size())
            .mapToObj(examples::get)
            .flatMap(example -> example.parts().stream())
            .toList();
    Tokenizer tokenizer = LetterGrams.train(texts.iterator(), 200, 3, 4);
    PieceWeights weights = PieceWeights.inverseDocumentFrequency(tokenizer, texts.iterator(), 1);
    return Pretraining.of(SimCse.defaults())
        .data(examples)
        .views(TextViews.builder(tokenizer).view(0).view(1).build())
        .encoder(StaticEncoder.of(weights, 8))
        .epochs(1)
        .batchSize(batchSize)
        .workers(workers)
        .out(run.toPath());
  }
}
