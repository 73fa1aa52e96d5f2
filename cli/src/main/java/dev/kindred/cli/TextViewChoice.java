package dev.kindred.cli;

import dev.kindred.text.augment.PieceRepetition;
import dev.kindred.text.augment.SpanCrop;
import dev.kindred.text.augment.TextAugmentation;
import dev.kindred.text.augment.WordDeletion;
import dev.kindred.text.augment.WordMask;
import dev.kindred.text.augment.WordShuffle;
import dev.kindred.text.tokenizer.Tokenizer;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * How two views of one text differ.
 *
 * @param usual the rate unless told
 * @param change makes the change at a rate; nothing for a text as it is
 */
record TextViewChoice(
    double usual, BiFunction<Double, Tokenizer, Optional<TextAugmentation>> change) {
  private static final double LARGEST_SPAN = 0.8;

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
            "words are hidden; Devlin et al. 2018, arXiv:1810.04805");
  }

  private static TextViewChoice of(
      double usual, java.util.function.DoubleFunction<TextAugmentation> change) {
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
