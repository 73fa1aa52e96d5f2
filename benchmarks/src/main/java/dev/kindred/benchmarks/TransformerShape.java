package dev.kindred.benchmarks;

import dev.kindred.text.PieceWeights;
import dev.kindred.text.TextTransformer;
import dev.kindred.text.tokenizer.Tokenizer;

/**
 * The sizes of a transformer for sentences, BERT's in everything else: learned positions,
 * normalisations after each part, hidden layers {@value TextTransformer#MLP_RATIO} times as wide.
 *
 * @param depth the number of blocks
 * @param dimension the width of a vector
 * @param heads of a block
 * @param length the most pieces of a sentence
 */
public record TransformerShape(int depth, int dimension, int heads, int length) {
  /** The shape of the small encoders that most sentences are embedded by. */
  public static TransformerShape small(int depth, int length) {
    return new TransformerShape(depth, 384, 12, length);
  }

  /** The network in pieces of {@code tokenizer}, pooled by the mean. */
  public TextTransformer encoder(Tokenizer tokenizer) {
    return TextTransformer.bert(PieceWeights.equal(tokenizer), length, dimension, depth, heads);
  }

  /** The width of the blocks' hidden layers. */
  public int mlpWidth() {
    return TextTransformer.MLP_RATIO * dimension;
  }

  /**
   * The multiplications and additions of matrix products that one sentence takes, heads of
   * attention included; what is left is small beside them.
   */
  public double operations() {
    double linear = 4.0 * dimension * dimension + 2.0 * dimension * mlpWidth();
    double attention = 2.0 * length * dimension;
    return 2 * length * depth * (linear + attention);
  }

  @Override
  public String toString() {
    return "transformer of %d blocks, width %d, %d heads, %d pieces a sentence"
        .formatted(depth, dimension, heads, length);
  }
}
