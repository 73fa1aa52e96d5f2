package dev.kindred.cli;

import dev.kindred.nn.TransformerBlock;
import dev.kindred.text.StaticEncoder;
import dev.kindred.text.TextTransformer;
import dev.kindred.text.TokenPooling;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fills in what is not given of a training on texts, by the kind of encoder. */
final class TextDefaults {
  static final String STATIC = "static";
  static final String TRANSFORMER = "transformer";

  /** The name of views that change nothing. */
  static final String AS_THEY_ARE = "same";

  /** How much longer documents are than the spans that DeCLUTR takes of them. */
  private static final int ROOM_RATIO = 4;

  private TextDefaults() {}

  /**
   * Settles {@code options}, but for {@link #settleViews}.
   *
   * @throws IllegalArgumentException if there is no such encoder, or an option is the other's
   */
  static void settle(TextTrainingOptions options) {
    if (options.init != null) {
      settleInit(options);
    } else {
      settleOwn(options);
    }
    options.settle();
    TextMethodRules.settle(options);
  }

  /** Settles of how much of a text views are taken, once the length is settled. */
  static void settleRoom(TextTrainingOptions options) {
    if (options.documents == TextTrainingOptions.Part.WHOLE) {
      options.room = or(options.room, ROOM_RATIO * Objects.requireNonNull(options.length));
    }
  }

  /** A BERT brings its size along. */
  private static void settleInit(TextTrainingOptions options) {
    Map<String, @Nullable Object> given = sizes(options);
    given.put("--corpus", options.corpus);
    given.put("--tokenizer", options.tokenizer);
    given.put("--vocabulary", options.vocabulary);
    given.put("--dimension", options.dimension);
    given.put("--fixed", options.fixed);
    given.put("--share", options.share);
    given.put("--repeats", options.repeats);
    given.put("--dropout", options.dropout);
    given.put("--weights", options.weights);
    given.put("--token-cutoff", options.tokenCutoff == 0 ? null : options.tokenCutoff);
    given.put("--feature-cutoff", options.featureCutoff == 0 ? null : options.featureCutoff);
    refuse(given, "%s cannot be told of the encoder that --init names; leave it out");
    options.init =
        Path.of(Objects.requireNonNull(options.init)).toAbsolutePath().normalize().toString();
    options.encoder = TRANSFORMER;
  }

  private static void settleOwn(TextTrainingOptions options) {
    boolean bag = Catalogues.TEXT_ENCODERS.get(options.encoder).equals(STATIC);
    settleTokenizer(options, bag);
    options.dropout = or(options.dropout, bag ? 0 : TextTransformer.DEFAULT_DROPOUT);
    if (bag) {
      refuseTransformers(options);
      options.share = or(options.share, 0.3);
      options.repeats = or(options.repeats, StaticEncoder.DEFAULT_REPEATS);
    } else {
      settleTransformer(options);
    }
  }

  /**
   * Settles how views differ, for examples of so many parts.
   *
   * @throws IllegalArgumentException if the method is for more or fewer parts, or parts that differ
   *     already are to be changed
   */
  static void settleViews(TextTrainingOptions options, int parts) {
    TextMethodRules.requireParts(options, parts);
    options.views = or(options.views, parts == 1 ? usualViews(options) : AS_THEY_ARE);
    if (parts > 1 && !options.views.equals(AS_THEY_ARE)) {
      throw new IllegalArgumentException(
          "--views %s is for single texts, but these examples have %d; leave it out"
              .formatted(options.views, parts));
    }
    if (options.encoder.equals(STATIC)) {
      settleBag(options);
    }
    TextViewPlan plan = TextViewPlan.of(options.views);
    TextMethodRules.settleDamage(options, plan);
    plan.requireRates(options.rate);
  }

  private static String usualViews(TextTrainingOptions options) {
    if (TextMethodRules.isTsDae(options)) {
      return TextMethodRules.DAMAGED_AND_WHOLE;
    }
    if (options.documents == TextTrainingOptions.Part.WHOLE) {
      return "span";
    }
    if (!options.encoder.equals(STATIC)) {
      return AS_THEY_ARE;
    }
    boolean classes =
        Catalogues.METHODS.get(options.method).labels() == MethodChoice.Labels.CLASSES;
    return classes ? "deletion" : TextViewChoice.SURROUNDINGS;
  }

  /**
   * Pairs, triplets and classes say what means alike, and train a whole bag of vectors.
   * Surroundings only say which words are found together, which is worth a smaller part of it; the
   * temperature is then of that part's share of the cosine.
   */
  private static void settleBag(TextTrainingOptions options) {
    boolean together = TextViewChoice.SURROUNDINGS.equals(options.views);
    options.dimension = or(options.dimension, together ? 1280 : 1024);
    options.fixed = or(options.fixed, together ? options.dimension * 4 / 5 : 0);
    if (together
        && options.fixed > 0
        && Catalogues.METHODS.get(options.method).takesTemperature()) {
      options.temperature = or(options.temperature, Objects.requireNonNull(options.share) / 10);
    }
  }

  private static void settleTokenizer(TextTrainingOptions options, boolean bag) {
    String tokenizer =
        or(options.tokenizer, bag ? TokenizerChoice.LETTER_GRAMS : TokenizerChoice.WORD_PIECE);
    boolean made = TokenizerChoice.isMade(tokenizer);
    if (!made && options.vocabulary != null) {
      throw new IllegalArgumentException(
          "--vocabulary is for a tokenizer that is made, but --tokenizer is %s; leave one out"
              .formatted(tokenizer));
    }
    options.tokenizer = made ? tokenizer : absolute(tokenizer);
    boolean grams = tokenizer.equals(TokenizerChoice.LETTER_GRAMS);
    if (made) {
      options.vocabulary = or(options.vocabulary, grams ? 80_000 : 16_000);
    }
    options.length = or(options.length, bag ? 512 : 64);
  }

  private static void settleTransformer(TextTrainingOptions options) {
    if (options.fixed != null || options.share != null || options.repeats != null) {
      throw new IllegalArgumentException(
          "--fixed, --share and --repeats are for --encoder static, not %s; leave them out"
              .formatted(options.encoder));
    }
    options.dimension = or(options.dimension, 256);
    options.depth = or(options.depth, 4);
    options.heads = or(options.heads, 4);
    options.norm = or(options.norm, TransformerBlock.Order.PRE_NORM);
    options.positions = or(options.positions, TextTransformer.Positions.LEARNED);
    options.pooling = or(options.pooling, TokenPooling.WEIGHTED_MEAN);
  }

  private static void refuseTransformers(TextTrainingOptions options) {
    Map<String, @Nullable Object> given = sizes(options);
    given.put("--masked-weight", options.maskedWeight);
    refuse(given, "%s is for --encoder transformer, not static; leave it out");
  }

  private static Map<String, @Nullable Object> sizes(TextTrainingOptions options) {
    Map<String, @Nullable Object> sizes = new LinkedHashMap<>();
    sizes.put("--depth", options.depth);
    sizes.put("--heads", options.heads);
    sizes.put("--norm", options.norm);
    sizes.put("--positions", options.positions);
    sizes.put("--pooling", options.pooling);
    return sizes;
  }

  private static void refuse(Map<String, @Nullable Object> options, String message) {
    options.forEach(
        (name, value) -> {
          if (value != null) {
            throw new IllegalArgumentException(message.formatted(name));
          }
        });
  }

  /** {@code path} as it holds in any working directory. */
  static String absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }

  private static <T> T or(@Nullable T given, T usual) {
    return given == null ? usual : given;
  }
}
