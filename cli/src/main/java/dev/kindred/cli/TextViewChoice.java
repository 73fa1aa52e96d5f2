package dev.kindred.cli;

import dev.kindred.text.augment.PieceRepetition;
import dev.kindred.text.augment.SpanCrop;
import dev.kindred.text.augment.Surroundings;
import dev.kindred.text.augment.TextAugmentation;
import dev.kindred.text.augment.TextSplit;
import dev.kindred.text.augment.WordDeletion;
import dev.kindred.text.augment.WordMask;
import dev.kindred.text.augment.WordShuffle;
import dev.kindred.text.tokenizer.Tokenizer;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;

/**
 * How two views of one text differ.
 *
 * @param usual the rate unless told
 * @param change makes the change at a rate; nothing for a text as it is
 * @param split makes what draws both views together, for views that are not changed each
 */
record TextViewChoice(
    double usual,
    BiFunction<Double, Tokenizer, Optional<TextAugmentation>> change,
    Optional<DoubleFunction<TextSplit>> split) {
  /** The view that pairs a word with those around it. */
  static final String SURROUNDINGS = "surroundings";

  private static final double LARGEST_SPAN = 0.8;

  private TextViewChoice(
      double usual, BiFunction<Double, Tokenizer, Optional<TextAugmentation>> change) {
    this(usual, change, Optional.empty());
  }

  static Catalogue<TextViewChoice> catalogue() {
    return new Catalogue<TextViewChoice>("views")
        .with(
            "same",
            new TextViewChoice(0, (rate, tokenizer) -> Optional.empty()),
            "dropout alone tells them apart; Gao et al. 2021, arXiv:2104.08821")
        .with(
            "deletion",
            of(0.3, WordDeletion::new),
            "words are left out; Wu et al. 2020, arXiv:2012.15466")
        .with(
            "span",
            of(0.3, rate -> new SpanCrop(rate, Math.max(rate, LARGEST_SPAN))),
            "two spans of one text; Giorgi et al. 2020, arXiv:2006.03659")
        .with(
            "repetition",
            of(0.32, PieceRepetition::new),
            "pieces are there twice; Wu et al. 2021, arXiv:2109.04380")
        .with(
            "shuffle",
            of(1000, WordShuffle::new),
            "words in another order; Yan et al. 2021, arXiv:2105.11741")
        .with(
            "mask",
            new TextViewChoice(0.15, TextViewChoice::mask),
            "words are hidden; Devlin et al. 2018, arXiv:1810.04805")
        .with(
            SURROUNDINGS,
            new TextViewChoice(
                Surroundings.DEFAULT_WIDTH,
                (rate, tokenizer) -> Optional.empty(),
                Optional.of(TextViewChoice::surroundings)),
            "a word, and those within --rate words of it; Mikolov et al. 2013, arXiv:1301.3781");
  }

  private static TextSplit surroundings(double width) {
    if (width != Math.rint(width) || width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "--rate must be a whole number of words for --views surroundings, was " + width);
    }
    return new Surroundings(1, (int) width);
  }

  private static TextViewChoice of(double usual, DoubleFunction<TextAugmentation> change) {
    return new TextViewChoice(usual, (rate, tokenizer) -> Optional.of(change.apply(rate)));
  }

  private static Optional<TextAugmentation> mask(double rate, Tokenizer tokenizer) {
    if (tokenizer.mask().isEmpty()) {
      throw new IllegalArgumentException(
          "--views mask needs a tokenizer with a mask piece; use word-piece or byte-pairs");
    }
    return Optional.of(new WordMask(rate, tokenizer.mask().getAsInt()));
  }
}
