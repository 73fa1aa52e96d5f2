package dev.kindred.benchmarks;

import dev.kindred.method.SimCse;
import dev.kindred.nn.Encoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.AdamW;
import dev.kindred.runtime.Precision;
import dev.kindred.text.PieceWeights;
import dev.kindred.text.StaticEncoder;
import dev.kindred.text.TextExample;
import dev.kindred.text.TextViews;
import dev.kindred.text.Tokens;
import dev.kindred.text.augment.TextAugmentation;
import dev.kindred.text.augment.WordDeletion;
import dev.kindred.text.tokenizer.LetterGrams;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.TokenizerTrainer;
import dev.kindred.train.Recipe;
import dev.kindred.train.StepPoint;
import dev.kindred.train.TrainingStep;
import java.util.stream.Stream;

/** The trainings on texts that are timed: SimCSE by AdamW, of fixed sizes. */
enum TextRecipe {
  /** A transformer of BERT's pieces; dropout alone tells views apart. */
  TRANSFORMER(32, 30_522, 32) {
    @Override
    Tokenizer tokenizer(Stream<String> texts) {
      return TokenizerTrainer.of(vocabulary()).wordPiece(texts, true);
    }

    @Override
    Encoder<Tokens> encoder(Tokenizer tokenizer) {
      return TransformerShape.small(BLOCKS, length()).encoder(tokenizer);
    }

    @Override
    TextAugmentation[] changes() {
      return new TextAugmentation[0];
    }
  },
  /** A bag of vectors of letter grams; views are without some words. */
  STATIC(512, 40_000, 512) {
    @Override
    Tokenizer tokenizer(Stream<String> texts) {
      return LetterGrams.train(texts.iterator(), vocabulary(), SHORTEST, LONGEST);
    }

    @Override
    Encoder<Tokens> encoder(Tokenizer tokenizer) {
      return StaticEncoder.of(PieceWeights.equal(tokenizer), WIDTH);
    }

    @Override
    TextAugmentation[] changes() {
      return new TextAugmentation[] {new WordDeletion(DELETED)};
    }
  };

  private static final int BLOCKS = 6;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 5;
  private static final int WIDTH = 512;
  private static final double DELETED = 0.3;
  private static final float LEARNING_RATE = 1e-4f;

  private final int batch;
  private final int vocabulary;
  private final int length;

  TextRecipe(int batch, int vocabulary, int length) {
    this.batch = batch;
    this.vocabulary = vocabulary;
    this.length = length;
  }

  /** Makes the tokenizer of a corpus. */
  abstract Tokenizer tokenizer(Stream<String> texts);

  /** The network. */
  abstract Encoder<Tokens> encoder(Tokenizer tokenizer);

  /** What tells two views of a text apart, beside dropout. */
  abstract TextAugmentation[] changes();

  /** The texts of a step. */
  int batch() {
    return batch;
  }

  /** The most pieces that a tokenizer is made of. */
  int vocabulary() {
    return vocabulary;
  }

  /** The most pieces of a text. */
  int length() {
    return length;
  }

  /** Two views of each text. */
  TextViews views(Tokenizer tokenizer) {
    return TextViews.builder(tokenizer).length(length).view(changes()).view(changes()).build();
  }

  /** Builds the step; the caller closes it. */
  TrainingStep<TextExample, Tokens> step(TextViews views, Tokenizer tokenizer) {
    return new TrainingStep<>(
        new Recipe<>(
            SimCse.defaults(),
            encoder(tokenizer),
            AdamW.defaults(),
            null,
            Accumulation.of(1),
            Recipe.WHOLE,
            Precision.FLOAT32,
            0),
        views);
  }

  /** Step {@code number} of a run whose rate stays as it is. */
  static StepPoint point(long number) {
    return new StepPoint(number, LEARNING_RATE, 0);
  }
}
