package dev.kindred.cli;

import dev.kindred.text.MaskedTokens;
import dev.kindred.text.TsDae;
import dev.kindred.text.data.TextSources;
import java.util.List;

/** What a method asks of a training on texts. */
final class TextMethodRules {
  /** The views of TSDAE. */
  static final String DAMAGED_AND_WHOLE = "deletion," + TextDefaults.AS_THEY_ARE;

  private TextMethodRules() {}

  /**
   * Settles what can be settled before the texts are opened.
   *
   * @throws IllegalArgumentException if the method cannot work with the encoder or without labels,
   *     or does not need what is given
   */
  static void settle(TextTrainingOptions options) {
    if (isTsDae(options) && options.encoder.equals(TextDefaults.STATIC)) {
      throw new IllegalArgumentException(
          "--method tsdae needs the vectors of a text's pieces, which --encoder static does not"
              + " make; give --encoder transformer");
    }
    settleMasked(options);
    requireLabel(options, Catalogues.METHODS.get(options.method).labels());
  }

  /**
   * Checks of how many texts the examples are.
   *
   * @throws IllegalArgumentException if the method is for more or fewer
   */
  static void requireParts(TextTrainingOptions options, int parts) {
    int needed = Catalogues.METHODS.get(options.method).parts();
    if (needed != 0 && needed != parts) {
      throw new IllegalArgumentException(
          "--method %s is for examples of %d texts, but these have %d; give a table, and --column"
                  .formatted(options.method, needed, parts)
              + " with as many names");
    }
  }

  /**
   * Has TSDAE's first view damaged by its paper's share of words, unless told.
   *
   * @throws IllegalArgumentException if the second view is not the text as it is, which is to be
   *     written again
   */
  static void settleDamage(TextTrainingOptions options, TextViewPlan plan) {
    if (!isTsDae(options)) {
      return;
    }
    if (!plan.damagesFirstOnly()) {
      throw new IllegalArgumentException(
          "--views must be a change and same for --method tsdae, such as %s, was %s"
              .formatted(DAMAGED_AND_WHOLE, options.views));
    }
    if (options.rate == null && DAMAGED_AND_WHOLE.equals(options.views)) {
      options.rate = List.of(TsDae.DELETION);
    }
  }

  static boolean isTsDae(TextTrainingOptions options) {
    return options.method.equals(MethodChoice.TSDAE);
  }

  private static void settleMasked(TextTrainingOptions options) {
    if (options.maskedWeight == null && options.maskedRate != null) {
      throw new IllegalArgumentException(
          "--masked-rate is for --masked-weight; give that too, or leave it out");
    }
    if (options.maskedWeight != null && options.maskedRate == null) {
      options.maskedRate = MaskedTokens.DEFAULT_RATE;
    }
  }

  private static void requireLabel(TextTrainingOptions options, MethodChoice.Labels needed) {
    if (needed == MethodChoice.Labels.NONE && options.label != null) {
      throw new IllegalArgumentException(
          "--label is for a method that needs labels, but --method is %s; leave one out"
              .formatted(options.method));
    }
    boolean inShards =
        needed == MethodChoice.Labels.CLASSES
            && String.valueOf(options.data).startsWith(TextSources.SHARDS);
    if (needed != MethodChoice.Labels.NONE && options.label == null && !inShards) {
      throw new IllegalArgumentException(
          "--method %s needs labels; give --label with a column of a .tsv or .jsonl table"
              .formatted(options.method));
    }
    if (options.label != null && options.columns == null) {
      throw new IllegalArgumentException(
          "--label is beside a table's texts; give --column with theirs too");
    }
  }
}
