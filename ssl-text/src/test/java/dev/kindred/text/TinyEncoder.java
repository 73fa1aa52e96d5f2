package dev.kindred.text;

import dev.kindred.method.SimCse;
import dev.kindred.optim.AdamW;
import dev.kindred.optim.Schedule;
import dev.kindred.text.data.GeneratedParaphrases;
import dev.kindred.text.tokenizer.LetterGrams;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.train.Pretraining;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A sentence encoder trained within seconds, for tests of what uses one. */
public final class TinyEncoder {
  /** The width of its vectors. */
  public static final int DIMENSION = 32;

  private static final int EXAMPLES = 1024;
  private static final int VOCABULARY = 1500;

  private TinyEncoder() {}

  /** Trains one on generated paraphrases, and tells its folder below {@code folder}. */
  public static Path train(Path folder) {
    GeneratedParaphrases examples = GeneratedParaphrases.of(EXAMPLES, 1);
    List<String> texts =
        IntStream.range(0, examples.size())
            .mapToObj(examples::get)
            .flatMap(example -> example.parts().stream())
            .toList();
    Tokenizer tokenizer = LetterGrams.train(texts.iterator(), VOCABULARY, 3, 5);
    PieceWeights weights = PieceWeights.inverseDocumentFrequency(tokenizer, texts.iterator(), 1);
    return Pretraining.of(SimCse.defaults())
        .data(examples)
        .views(TextViews.builder(tokenizer).view(0).view(1).build())
        .encoder(StaticEncoder.of(weights, DIMENSION))
        .optimizer(AdamW.defaults())
        .schedule(Schedule.constant(0.01f))
        .epochs(2)
        .batchSize(64)
        .seed(1)
        .out(folder.resolve("run"))
        .run()
        .folder();
  }
}
